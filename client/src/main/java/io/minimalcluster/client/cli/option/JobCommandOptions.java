package io.minimalcluster.client.cli.option;

import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.MaxFailures;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The job options of the commands that post a job. */
public final class JobCommandOptions {
    @Option(names = "--name", paramLabel = "NAME", description = "The name of the job.")
    private @Nullable String name;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "A label of the job.")
    private @Nullable Map<String, String> labels;

    @Option(names = "--priority", paramLabel = "0-9", description = "5 by default; higher goes first.")
    private @Nullable Integer priority;

    @Option(
            names = "--task-timeout",
            paramLabel = "TIME",
            converter = DurationParser.class,
            description = "Timeout of a task; 0 for none. Durations are 500ms, 30s, 2m, 1h, 7d, or seconds.")
    private @Nullable Double taskTimeout;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = DurationParser.class,
            description = "Time after which the job ends.")
    private @Nullable Double deadline;

    @Option(names = "--max-attempts", paramLabel = "N", description = "Attempts of a task that crashes.")
    private @Nullable Integer maxAttempts;

    @Option(names = "--retry-on", paramLabel = "CLASS", split = ",", description = "Exceptions that are retried.")
    private @Nullable List<String> retryOn;

    @Option(names = "--max-failures", paramLabel = "N|N%", description = "Cancel the rest after more failed tasks.")
    private @Nullable String maxFailures;

    @Option(names = "--batch-size", paramLabel = "N", description = "Number of tasks of a batch.")
    private @Nullable Integer batchSize;

    @Option(names = "--no-copies", description = "No speculative execution.")
    private boolean noCopies;

    @Option(names = "--network", description = "Run on workers with network access.")
    private boolean network;

    @Option(names = "--requires", paramLabel = "KEY=VALUE", description = "A label that a worker must have.")
    private @Nullable Map<String, String> requires;

    @Option(names = "--reduce", paramLabel = "HOW", description = "sum, count, min, max, mean, or a method.")
    private @Nullable String reduce;

    @Option(
            names = "--keep",
            paramLabel = "TIME",
            converter = DurationParser.class,
            description = "Retention of the job after its end.")
    private @Nullable Double keep;

    public JobOptions build() {
        return new JobOptions(
                name,
                labels,
                priority,
                taskTimeout,
                deadline,
                maxAttempts,
                retryOn,
                maxFailures(),
                batchSize,
                noCopies ? false : null,
                network ? true : null,
                requires,
                reduce,
                keep,
                null);
    }

    private @Nullable MaxFailures maxFailures() {
        try {
            return maxFailures == null ? null : MaxFailures.of(maxFailures);
        } catch (IllegalArgumentException _) {
            throw new UsageException(
                    "--max-failures is a whole number, or a share such as 10%, not '" + maxFailures + "'");
        }
    }
}
