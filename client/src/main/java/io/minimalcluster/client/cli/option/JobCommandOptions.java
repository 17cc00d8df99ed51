package io.minimalcluster.client.cli.option;

import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.MaxFailures;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a job is to run, the same for every command that posts one. */
public final class JobCommandOptions {
    private final JobOptions.Builder options = JobOptions.builder();

    @Option(names = "--name", paramLabel = "NAME", description = "What to call the job.")
    private @Nullable String name;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "A label to find it by.")
    private @Nullable Map<String, String> labels;

    @Option(names = "--priority", paramLabel = "0-9", description = "5 by default; higher goes first.")
    private @Nullable Integer priority;

    @Option(
            names = "--task-timeout",
            paramLabel = "TIME",
            converter = DurationParser.class,
            description = "How long a task may run; 0 for ever. Times are as 500ms, 30s, 2m, 1h, 7d, or seconds.")
    private @Nullable Double taskTimeout;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = DurationParser.class,
            description = "When the job ends at the latest.")
    private @Nullable Double deadline;

    @Option(names = "--max-attempts", paramLabel = "N", description = "Runs of a task that crashes.")
    private @Nullable Integer maxAttempts;

    @Option(names = "--retry-on", paramLabel = "CLASS", split = ",", description = "Exceptions worth another attempt.")
    private @Nullable List<String> retryOn;

    @Option(names = "--max-failures", paramLabel = "N|N%", description = "Failures past which the job ends.")
    private @Nullable String maxFailures;

    @Option(names = "--batch-size", paramLabel = "N", description = "Tasks handed out together.")
    private @Nullable Integer batchSize;

    @Option(names = "--no-copies", description = "Never run a task twice at a time.")
    private boolean noCopies;

    @Option(names = "--network", description = "Run where tasks may use the network.")
    private boolean network;

    @Option(names = "--requires", paramLabel = "KEY=VALUE", description = "A label that a worker must have.")
    private @Nullable Map<String, String> requires;

    @Option(names = "--reduce", paramLabel = "HOW", description = "sum, count, min, max, mean, or a method.")
    private @Nullable String reduce;

    @Option(
            names = "--keep",
            paramLabel = "TIME",
            converter = DurationParser.class,
            description = "How long the job is kept after its end.")
    private @Nullable Double keep;

    public JobOptions build() {
        set(name, options::name);
        set(labels, options::labels);
        set(priority, options::priority);
        set(taskTimeout, options::taskTimeoutSeconds);
        set(deadline, options::deadlineSeconds);
        set(maxAttempts, options::maxAttempts);
        set(retryOn, options::retryOn);
        set(maxFailures == null ? null : share(maxFailures), options::maxFailures);
        set(batchSize, options::batchSize);
        set(noCopies ? Boolean.FALSE : null, options::copies);
        set(network ? Boolean.TRUE : null, options::network);
        set(requires, options::requires);
        set(reduce, options::reduce);
        set(keep, options::keepSeconds);
        return options.build();
    }

    private static <T> void set(@Nullable T value, Consumer<T> to) {
        if (value != null) {
            to.accept(value);
        }
    }

    private static MaxFailures share(String text) {
        try {
            return MaxFailures.of(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--max-failures: " + e.getMessage());
        }
    }
}
