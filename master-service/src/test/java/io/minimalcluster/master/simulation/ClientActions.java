package io.minimalcluster.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.simulation.StoreRows.JobRow;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.MaxFailures;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random client calls, each checked against the expected result. */
final class ClientActions {
    private static final int MAX_TASKS = 40;

    private final Random random;
    private final InvariantChecker checker;
    private final Simulation.EventLog eventLog;
    private @Nullable Long retried;

    ClientActions(Random random, InvariantChecker checker, Simulation.EventLog eventLog) {
        this.random = random;
        this.checker = checker;
        this.eventLog = eventLog;
    }

    @Nullable
    Long takeRetried() {
        Long taken = retried;
        retried = null;
        return taken;
    }

    private List<JobRow> jobs(Predicate<JobRow> filter) {
        return checker.last().jobs().values().stream()
                .filter(job -> !job.isHidden() && filter.test(job))
                .sorted(Comparator.comparingLong(JobRow::seq))
                .toList();
    }

    private @Nullable JobRow any(List<JobRow> jobs) {
        return jobs.isEmpty() ? null : jobs.get(random.nextInt(jobs.size()));
    }

    private @Nullable JobRow any() {
        return any(jobs(_ -> true));
    }

    void submit(SimulatedMaster master, int maxUnfinished) {
        if (jobs(job -> !job.isTerminal()).size() >= maxUnfinished) {
            return;
        }
        int total = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(MAX_TASKS);
        JobOptions options = options();
        int form = random.nextInt(3);
        String list =
                IntStream.range(0, total).mapToObj(String::valueOf).collect(Collectors.joining(form == 1 ? "\n" : ","));
        String args = form == 0 ? "{\"range\":{\"from\":0,\"to\":" + total + "}}" : form == 1 ? list : "[" + list + "]";
        JobId id = master.jobs().submit(args, form == 1, options, (_, _) -> {});
        eventLog.add("submit", id + " tasks " + total + " " + options);
    }

    private JobOptions options() {
        JobOptions.Builder options = JobOptions.builder();
        if (random.nextBoolean()) {
            options.priority(random.nextInt(10));
        }
        if (random.nextInt(4) > 0) {
            options.batchSize(1 + random.nextInt(20));
        }
        if (random.nextBoolean()) {
            options.maxAttempts(1 + random.nextInt(4));
        }
        if (random.nextInt(3) == 0) {
            options.retryOn(List.of("Boom"));
        }
        if (random.nextInt(4) == 0) {
            options.maxFailures(new MaxFailures(random.nextInt(4), false));
        }
        if (random.nextInt(8) == 0) {
            options.deadlineSeconds(1.0 + random.nextInt(200));
        }
        if (random.nextInt(4) == 0) {
            options.requires(Map.of("zone", random.nextBoolean() ? "a" : "b"));
        }
        if (random.nextInt(8) == 0) {
            options.network(true);
        }
        if (random.nextInt(3) == 0) {
            options.reduce(List.of("sum", "count", "add").get(random.nextInt(3)));
        }
        if (random.nextInt(8) == 0) {
            options.keepSeconds((double) random.nextInt(60));
        }
        if (random.nextInt(4) == 0) {
            options.copies(random.nextBoolean());
        }
        return options.build();
    }

    void cancel(SimulatedMaster master) {
        call("cancel", any(), job -> !job.isTerminal() || job.state().equals("CANCELLED"), master.jobs()::cancel);
    }

    void pause(SimulatedMaster master) {
        call("pause", any(), job -> !job.isTerminal(), master.jobs()::pause);
    }

    void resume(SimulatedMaster master) {
        call(
                "resume",
                random.nextBoolean() ? any(jobs(job -> job.state().equals("PAUSED"))) : any(),
                job -> !job.isTerminal(),
                master.jobs()::resume);
    }

    void retry(SimulatedMaster master) {
        JobRow job = any(jobs(JobRow::isTerminal));
        if (call(
                "retry",
                job,
                ended -> ended.state().equals("FAILED") || ended.state().equals("CANCELLED"),
                master.jobs()::retry)) {
            retried = Objects.requireNonNull(job).seq();
        }
    }

    void delete(SimulatedMaster master) {
        call("delete", any(), JobRow::isTerminal, master.jobs()::delete);
    }

    void resumeAll(SimulatedMaster master) {
        jobs(job -> job.state().equals("PAUSED")).forEach(job -> call("resume", job, _ -> true, master.jobs()::resume));
    }

    /** Makes a call, checks that it conflicts exactly when not {@code isAllowed}, and returns true if it succeeds. */
    private boolean call(String action, @Nullable JobRow job, Predicate<JobRow> isAllowed, Consumer<JobId> call) {
        if (job == null) {
            return false;
        }
        eventLog.add(action, "job " + job.seq());
        try {
            call.accept(new JobId(job.id()));
            assertThat(isAllowed.test(job))
                    .as("%s was not rejected for %s", action, job)
                    .isTrue();
            return true;
        } catch (MasterException.Conflict e) {
            assertThat(isAllowed.test(job))
                    .as("%s was rejected for %s", action, job)
                    .isFalse();
            return false;
        }
    }
}
