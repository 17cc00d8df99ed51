package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.cli.command.ClusterReport.ProcessReport;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.ProgressFormatter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "status",
        description = "Show the state of the cluster that up started, or of the selected master.",
        footer = "./minimalcluster status")
public final class StatusCommand implements Callable<Integer> {
    private final MasterOptions master;
    private final Output output;

    public StatusCommand(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public Integer call() throws IOException {
        ClusterReport report =
                master.selectsOtherMaster() ? ClusterReport.of(master.endpoint()) : ClusterReport.of(master.cluster());
        if (output.isJson()) {
            output.json(report);
        } else if (report.url() == null && report.processes().isEmpty()) {
            output.line("Nothing runs in " + report.data() + "; ./minimalcluster up starts a cluster.");
        } else {
            print(report);
        }
        return report.url() == null ? ExitCode.UNREACHABLE : ExitCode.DONE;
    }

    private void print(ClusterReport report) {
        row("address", report.url() == null ? "does not answer" : report.url().toString());
        report.processes().forEach(process -> row(process.name(), describe(process)));
        if (report.url() != null) {
            row(
                    "workers",
                    report.workers() + " active, " + ProgressFormatter.counted(report.slots(), "slot") + ", "
                            + report.busy() + " busy");
            row(
                    "jobs",
                    report.jobs().running() + " running, " + report.jobs().queued() + " queued, "
                            + report.jobs().paused() + " paused");
        }
        if (report.data() != null) {
            row("folder", report.data());
        }
    }

    private void row(String name, String text) {
        output.line(name + " ".repeat(Math.max(1, 11 - name.length())) + text);
    }

    private static String describe(ProcessReport process) {
        if (!process.running()) {
            return "process " + process.pid() + " has ended by itself; ./minimalcluster up starts it again";
        }
        Instant since = Instant.parse(process.since());
        return "process " + process.pid() + ", since " + since + " ("
                + ProgressFormatter.time(Duration.between(since, Instant.now())) + ")";
    }
}
