package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.cli.option.DurationParser;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.local.ClusterFolder;
import io.minimalcluster.client.local.StopCluster;
import io.minimalcluster.client.local.StopCluster.Stopped;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "down",
        description = {
            "Stop the cluster that up started. Running tasks finish first.",
            "Jobs and results are kept, and unfinished jobs continue after the next start."
        },
        footer = "./minimalcluster down")
public final class DownCommand implements Callable<Integer> {
    private final MasterOptions master;
    private final Output output;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationParser.class,
            description = "Timeout of the graceful shutdown, 40s by default.")
    private double timeout = 40;

    public DownCommand(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public Integer call() throws IOException {
        ClusterFolder folder = master.cluster();
        List<Stopped> stopped = new StopCluster(folder, Duration.ofMillis((long) (timeout * 1000))).all();
        if (output.isJson()) {
            output.json(stopped);
        } else if (stopped.isEmpty()) {
            output.line("Nothing ran in " + folder.path() + ".");
        } else {
            stopped.forEach(one -> output.line(describe(one)));
            output.line("Jobs and results stay in " + folder.path() + ".");
        }
        return ExitCode.DONE;
    }

    private static String describe(Stopped stopped) {
        return stopped.process().name() + ", process " + stopped.process().pid()
                + (stopped.killed() ? ", did not end in time and was killed" : ", has ended");
    }
}
