package io.minimalcluster.master.job;

import io.minimalcluster.master.scheduling.JobRequirements;
import io.minimalcluster.model.job.Cause;
import io.minimalcluster.model.job.Explanation.Workers;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.TaskCounts;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reason for the state of a job: a cause for programs and a text for people. */
record JobStateReason(Cause cause, String words) {

    static JobStateReason of(JobRow job, JobOptions options, WorkerAvailability availability) {
        TaskCounts tasks = job.tasks();
        return switch (job.state()) {
            case SUCCEEDED -> new JobStateReason(Cause.ENDED, "every task succeeded");
            case FAILED -> new JobStateReason(Cause.ENDED, failure(job, options));
            case CANCELLED -> new JobStateReason(Cause.ENDED, "cancelled");
            case PAUSED ->
                new JobStateReason(Cause.PAUSED, "paused" + (tasks.running() > 0 ? ", " + running(tasks) : ""));
            case QUEUED, RUNNING -> ofUnfinished(job, options, availability);
        };
    }

    /** The reason for the state of a job whose tasks are being allocated. */
    static JobStateReason allocating(TaskCounts tasks) {
        String also = tasks.running() > 0 ? "; " + running(tasks) : "";
        return new JobStateReason(Cause.HANDING_OUT, "its tasks are being allocated to free slots" + also);
    }

    private static String failure(JobRow job, JobOptions options) {
        TaskCounts tasks = job.tasks();
        String failed = tasks.failed() + " of " + tasks.total() + " tasks failed";
        String rest = ", and " + count(tasks.cancelled(), "task") + " that had not finished "
                + wasOrWere(tasks.cancelled()) + " cancelled";
        return switch (job.terminationReason()) {
            case TOO_MANY_FAILURES -> failed + ", more than maxFailures allows" + rest;
            case DEADLINE -> "its deadline of " + options.deadlineSeconds() + " s passed" + rest;
            case CANCELLED -> "cancelled";
            case null ->
                job.reduction().error() == null ? failed : job.reduction().error();
        };
    }

    private static JobStateReason ofUnfinished(JobRow job, JobOptions options, WorkerAvailability availability) {
        TaskCounts tasks = job.tasks();
        if (isReducing(job)) {
            return new JobStateReason(Cause.RUNNING, "its values are being reduced");
        }
        return tasks.pending() == 0
                ? new JobStateReason(
                        Cause.RUNNING, "all remaining tasks are running: " + count(tasks.running(), "task"))
                : ofWaiting(tasks, options, availability);
    }

    private static boolean isReducing(JobRow job) {
        return job.reduction().by() != null
                && job.tasks().succeeded() == job.tasks().total();
    }

    private static JobStateReason ofWaiting(TaskCounts tasks, JobOptions options, WorkerAvailability availability) {
        Workers workers = availability.forJob(options);
        int backingOff = availability.backingOff();
        String also = tasks.running() > 0 ? "; " + running(tasks) : "";
        if (workers.active() == 0 && backingOff > 0) {
            return new JobStateReason(
                    Cause.BACKING_OFF, count(backingOff, "worker") + " cannot run tasks now and will retry" + also);
        }
        if (workers.active() == 0 && workers.draining() > 0) {
            return new JobStateReason(Cause.ONLY_DRAINING, "all workers are draining and take no batches" + also);
        }
        if (workers.active() == 0) {
            String detail = workers.silent() > 0
                    ? "no worker is active, " + count(workers.silent(), "worker") + " timed out"
                    : "no worker is registered";
            return new JobStateReason(Cause.NO_WORKER, detail + also);
        }
        if (workers.fitting() == 0) {
            return new JobStateReason(
                    Cause.NO_FITTING_WORKER,
                    "none of the " + workers.active() + " active workers " + requirements(options) + also);
        }
        if (workers.busy() < workers.slots()) {
            return allocating(tasks);
        }
        return tasks.running() > 0
                ? new JobStateReason(
                        Cause.RUNNING,
                        running(tasks) + ", " + tasks.pending() + " wait for a free slot of " + workers.slots())
                : new JobStateReason(
                        Cause.BEHIND_OTHERS, "waits for a free slot: all " + workers.slots() + " are taken");
    }

    private static String requirements(JobOptions options) {
        Map<String, String> requires = options.requires() == null ? Map.of() : options.requires();
        String labels = new TreeMap<>(requires)
                .entrySet().stream()
                        .filter(label -> !label.getKey().equals(JobRequirements.MEMORY))
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(", "));
        String memory = requires.get(JobRequirements.MEMORY);
        return Stream.of(
                        labels.isEmpty() ? "" : "has the labels " + labels,
                        memory == null ? "" : "has executors of " + memory + " of memory",
                        Boolean.TRUE.equals(options.network()) ? "allows the network" : "")
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" and "));
    }

    private static String running(TaskCounts tasks) {
        return count(tasks.running(), "task") + (tasks.running() == 1 ? " runs" : " run");
    }

    private static String wasOrWere(long number) {
        return number == 1 ? "was" : "were";
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** Returns the text to show next to the counts, or null where the counts suffice. */
    @Nullable
    String describe(JobRow job) {
        return switch (job.state()) {
            case SUCCEEDED -> null;
            case RUNNING -> job.tasks().running() > 0 || cause == Cause.HANDING_OUT ? null : words;
            case QUEUED, PAUSED, FAILED, CANCELLED -> words;
        };
    }
}
