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

/** What clients do, and what they are owed for it. */
final class ClientActions {
    private static final int MOST_TASKS = 40;

    private final Random random;
    private final InvariantChecker checker;
    private final Simulation.Story story;
    private @Nullable Long retried;

    ClientActions(Random random, InvariantChecker checker, Simulation.Story story) {
        this.random = random;
        this.checker = checker;
        this.story = story;
    }

    @Nullable
    Long takeRetried() {
        Long taken = retried;
        retried = null;
        return taken;
    }

    private List<JobRow> jobs(Predicate<JobRow> wanted) {
        return checker.last().jobs().values().stream()
                .filter(job -> !job.isFolding() && wanted.test(job))
                .sorted(Comparator.comparingLong(JobRow::seq))
                .toList();
    }

    private @Nullable JobRow any(List<JobRow> jobs) {
        return jobs.isEmpty() ? null : jobs.get(random.nextInt(jobs.size()));
    }

    private @Nullable JobRow any() {
        return any(jobs(_ -> true));
    }

    void submit(SimulatedMaster master, int mostUnfinished) {
        if (jobs(job -> !job.isOver()).size() >= mostUnfinished) {
            return;
        }
        int total = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(MOST_TASKS);
        JobOptions options = options();
        int way = random.nextInt(3);
        String list =
                IntStream.range(0, total).mapToObj(String::valueOf).collect(Collectors.joining(way == 1 ? "\n" : ","));
        String args = way == 0 ? "{\"range\":{\"from\":0,\"to\":" + total + "}}" : way == 1 ? list : "[" + list + "]";
        JobId id = master.jobs().submit(args, way == 1, options, (_, _) -> {});
        story.note("submit", id + " tasks " + total + " " + options);
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
        call("cancel", any(), job -> !job.isOver() || job.state().equals("CANCELLED"), master.jobs()::cancel);
    }

    void pause(SimulatedMaster master) {
        call("pause", any(), job -> !job.isOver(), master.jobs()::pause);
    }

    void resume(SimulatedMaster master) {
        call(
                "resume",
                random.nextBoolean() ? any(jobs(job -> job.state().equals("PAUSED"))) : any(),
                job -> !job.isOver(),
                master.jobs()::resume);
    }

    void retry(SimulatedMaster master) {
        JobRow job = any(jobs(JobRow::isOver));
        if (call(
                "retry",
                job,
                ended -> ended.state().equals("FAILED") || ended.state().equals("CANCELLED"),
                master.jobs()::retry)) {
            retried = Objects.requireNonNull(job).seq();
        }
    }

    void delete(SimulatedMaster master) {
        call("delete", any(), JobRow::isOver, master.jobs()::delete);
    }

    void resumeAll(SimulatedMaster master) {
        jobs(job -> job.state().equals("PAUSED")).forEach(job -> call("resume", job, _ -> true, master.jobs()::resume));
    }

    /** Calls, and is refused exactly where that is owed; true if it was not. */
    private boolean call(String what, @Nullable JobRow job, Predicate<JobRow> isOwed, Consumer<JobId> call) {
        if (job == null) {
            return false;
        }
        story.note(what, "job " + job.seq());
        try {
            call.accept(new JobId(job.id()));
            assertThat(isOwed.test(job))
                    .as("%s was not refused for %s", what, job)
                    .isTrue();
            return true;
        } catch (MasterException.Conflict e) {
            assertThat(isOwed.test(job)).as("%s was refused for %s", what, job).isFalse();
            return false;
        }
    }
}
