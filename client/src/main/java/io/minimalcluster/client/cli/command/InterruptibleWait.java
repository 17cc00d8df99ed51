package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.ProblemException;
import io.minimalcluster.client.TaskResult;
import io.minimalcluster.client.UnreachableException;
import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.InterruptSource;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.output.JobSummary;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.ProblemFormatter;
import io.minimalcluster.client.cli.output.ProgressDisplay;
import io.minimalcluster.client.cli.output.ResultPrinter;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a job in a thread of its own, while SIGINT ends the wait and not the job. A second SIGINT, while the first
 * is answered, cancels the job. Neither waits for a master that does not answer.
 */
public final class InterruptibleWait {
    /**
     * How long an interrupted command goes on.
     *
     * @param forSecond how long it waits for a second SIGINT
     * @param toCancel how long it waits for the master's answer to a cancel
     */
    public record Limits(Duration forSecond, Duration toCancel) {
        static final Limits USUAL = new Limits(Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    private final CliContext here;
    private final Output output;
    private final Client client;
    private final JobId job;
    private final String masterOptions;
    private final CompletableFuture<@Nullable Void> first = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> second = new CompletableFuture<>();

    private final Limits limits;

    /**
     * @param masterOptions which master the suggested commands are for, as {@link MasterOptions#repeated()} gives it
     */
    InterruptibleWait(CliContext here, Output output, Client client, JobId job, String masterOptions) {
        this(here, output, client, job, masterOptions, Limits.USUAL);
    }

    public InterruptibleWait(
            CliContext here, Output output, Client client, JobId job, String masterOptions, Limits limits) {
        this.limits = limits;
        this.here = here;
        this.output = output;
        this.client = client;
        this.job = job;
        this.masterOptions = masterOptions;
    }

    /** Shows the progress until the job has ended; nothing where SIGINT ended the wait. */
    public Optional<Job> await() {
        ProgressDisplay progress = ProgressDisplay.on(here.err(), here.terminal(), here.nanoTime());
        return until(() -> client.await(job, progress.pace(), progress), progress::leave);
    }

    /** Prints the results from a line of the log on until the job has ended; nothing where SIGINT ended the wait. */
    Optional<Job> follow(long after) {
        ResultPrinter printer = new ResultPrinter(output);
        Consumer<TaskResult> print = result -> {
            if (!first.isDone()) {
                printer.print(result);
                output.out().flush();
            }
        };
        return until(() -> client.follow(job, after, print), () -> {
            if (here.terminal()) {
                here.err().println(); // after the ^C that a terminal shows
            }
        });
    }

    private Optional<Job> until(Supplier<Job> end, Runnable leaveLine) {
        try (InterruptSource.Registration _ = here.interrupts().handle(this::interrupted)) {
            CompletableFuture<Job> ended = inBackground(end);
            CompletableFuture.anyOf(ended, first).handle((_, _) -> true).join();
            if (!first.isDone()) {
                return Optional.of(outcome(ended));
            }
            leaveLine.run();
            output.note(job + " goes on.");
            output.note("  to follow it: ./minimalcluster follow " + job + masterOptions);
            output.note("  to cancel it: Ctrl-C again now, or ./minimalcluster cancel " + job + masterOptions);
            isDone(CompletableFuture.anyOf(second, ended), limits.forSecond());
            if (second.isDone()) {
                cancel();
            }
            return Optional.empty();
        }
    }

    private void interrupted() {
        if (!first.complete(null)) {
            second.complete(null);
        }
    }

    private void cancel() {
        output.note("Cancelling " + job + "…");
        CompletableFuture<Job> cancelled = inBackground(() -> client.cancel(job));
        try {
            output.note(isDone(cancelled, limits.toCancel()) ? JobSummary.of(outcome(cancelled)) : notCancelled());
        } catch (ProblemException refused) {
            output.note(ProblemFormatter.describe(refused.problem()));
        } catch (UnreachableException _) {
            output.note(notCancelled());
        }
    }

    private String notCancelled() {
        return "The master does not answer, so the job may go on; try again: ./minimalcluster cancel " + job
                + masterOptions;
    }

    /** In a thread that does not keep the JVM from ending. */
    private static CompletableFuture<Job> inBackground(Supplier<Job> call) {
        return CompletableFuture.supplyAsync(
                call, task -> Thread.ofPlatform().daemon().start(task));
    }

    private static boolean isDone(CompletableFuture<?> future, Duration longest) {
        try {
            future.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException _) {
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Job outcome(CompletableFuture<Job> done) {
        try {
            return done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
