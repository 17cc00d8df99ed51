package io.minimalcluster.client.cli;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.TaskResult;
import io.minimalcluster.model.JobId;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "results", description = "Print the outcomes so far: index and value or error.")
final class Results implements Callable<Integer> {
    private final MasterOptions master;
    private final Output output;

    @Parameters(paramLabel = "JOB", description = "The job's id.")
    private String job = "";

    Results(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public Integer call() {
        try (Client client = master.client();
                Stream<TaskResult> results = client.results(new JobId(job))) {
            results.forEach(new ResultPrinter(output)::print);
        }
        return ExitCode.DONE;
    }
}
