package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.ProblemException;
import io.minimalcluster.client.TaskResult;
import io.minimalcluster.client.UnreachableException;
import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.InterruptSource;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.ProblemFormatter;
import io.minimalcluster.client.cli.output.ProgressDisplay;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
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
 * Waits for a job in a background thread. The first SIGINT ends the wait but not the job. On a terminal this class asks
 * whether to cancel the job as well. A second SIGINT cancels it. Neither waits for an unresponsive master.
 */
public final class InterruptibleWait {
    /**
     * Timeouts of an interrupted command.
     *
     * @param forSecond time to wait for a second SIGINT
     * @param forAnswer time to wait for the answer of a person
     * @param toCancel time to wait for the response to a cancel request
     */
    public record Limits(Duration forSecond, Duration forAnswer, Duration toCancel) {
        static final Limits DEFAULTS = new Limits(Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofSeconds(5));
    }

    private final CliContext context;
    private final Output output;
    private final Client client;
    private final JobId job;
    private final String masterOptions;
    private final CompletableFuture<@Nullable Void> first = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> second = new CompletableFuture<>();

    private final Limits limits;

    /**
     * @param masterOptions options that select the master, for suggested commands; see
     *     {@link MasterOptions#givenOptions()}
     */
    InterruptibleWait(CliContext context, Output output, Client client, JobId job, String masterOptions) {
        this(context, output, client, job, masterOptions, Limits.DEFAULTS);
    }

    public InterruptibleWait(
            CliContext context, Output output, Client client, JobId job, String masterOptions, Limits limits) {
        this.limits = limits;
        this.context = context;
        this.output = output;
        this.client = client;
        this.job = job;
        this.masterOptions = masterOptions;
    }

    /** Shows the progress until the job has ended. Empty if SIGINT ended the wait. */
    public Optional<Job> await() {
        ProgressDisplay progress = new ProgressDisplay(context.err(), context.terminal(), context.nanoTime());
        return until(() -> client.await(job, progress.pace(), progress), progress::leave);
    }

    /**
     * Shows the progress until the job has ended, and passes the results from an offset of the log to a reader
     * meanwhile. Empty if SIGINT ended the wait.
     */
    Optional<Job> await(long after, Consumer<TaskResult> reader) {
        ProgressDisplay progress = new ProgressDisplay(context.err(), context.terminal(), context.nanoTime());
        return until(
                () -> {
                    CompletableFuture<Job> read = inBackground(() -> client.follow(job, after, reader));
                    client.await(job, progress.pace(), state -> {
                        if (read.isCompletedExceptionally()) {
                            outcome(read); // throws: the reader cannot go on
                        }
                        progress.accept(state);
                    });
                    return outcome(read);
                },
                progress::leave);
    }

    /**
     * Passes the results from an offset of the log to a reader until the job has ended. Empty if SIGINT ended the wait.
     */
    Optional<Job> follow(long after, Consumer<TaskResult> reader) {
        Consumer<TaskResult> untilInterrupted = result -> {
            if (!first.isDone()) {
                reader.accept(result);
                output.out().flush();
            }
        };
        return until(() -> client.follow(job, after, untilInterrupted), () -> {
            if (context.terminal()) {
                context.err().println(); // ends the line on which the terminal echoes ^C
            }
        });
    }

    private Optional<Job> until(Supplier<Job> end, Runnable leaveLine) {
        try (InterruptSource.Registration _ = context.interrupts().handle(this::handleInterrupt)) {
            CompletableFuture<Job> ended = inBackground(end);
            CompletableFuture.anyOf(ended, first).handle((_, _) -> true).join();
            if (!first.isDone()) {
                return Optional.of(outcome(ended));
            }
            leaveLine.run();
            if (isAsked() ? isAnsweredWithYes(ended) : isInterruptedAgain(ended)) {
                cancel();
            } else if (ended.isDone()) {
                output.jobNote(outcome(ended));
                output.note("  its values: ./minimalcluster values " + job + masterOptions);
            } else if (isAsked()) {
                tellNextSteps("");
            }
            return Optional.empty();
        }
    }

    /** Whether a person can answer a question. */
    private boolean isAsked() {
        return context.terminal() && context.screen().input();
    }

    private boolean isInterruptedAgain(CompletableFuture<Job> ended) {
        tellNextSteps("Ctrl-C again now, or ");
        isDone(CompletableFuture.anyOf(second, ended), limits.forSecond());
        return second.isDone();
    }

    /** Asks once. A second SIGINT is a yes; no answer in time is a no. */
    private boolean isAnsweredWithYes(CompletableFuture<Job> ended) {
        context.err().print("Cancel " + job + " as well? [y/N] ");
        context.err().flush();
        CompletableFuture<Boolean> answer = inBackground(this::readAnswer);
        isDone(CompletableFuture.anyOf(answer, second, ended), limits.forAnswer());
        if (answer.isDone() && !answer.isCompletedExceptionally()) {
            return answer.join();
        }
        context.err().println();
        return second.isDone();
    }

    private boolean readAnswer() {
        try {
            String line = new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8)).readLine();
            return line != null && line.strip().toLowerCase(Locale.ROOT).startsWith("y");
        } catch (IOException _) {
            return false;
        }
    }

    private void tellNextSteps(String howToCancel) {
        output.note(job + " continues.");
        output.note("  to come back: ./minimalcluster follow " + job + masterOptions + " (or wait, values)");
        output.note("  to cancel it: " + howToCancel + "./minimalcluster cancel " + job + masterOptions);
    }

    private void handleInterrupt() {
        if (!first.complete(null)) {
            second.complete(null);
        }
    }

    private void cancel() {
        output.note("Cancelling " + job + "…");
        CompletableFuture<Job> cancelled = inBackground(() -> client.cancel(job));
        try {
            if (isDone(cancelled, limits.toCancel())) {
                output.jobNote(outcome(cancelled));
            } else {
                output.note(notCancelled());
            }
        } catch (ProblemException refused) {
            output.note(ProblemFormatter.describe(refused.problem()));
        } catch (UnreachableException _) {
            output.note(notCancelled());
        }
    }

    private String notCancelled() {
        return "The master does not answer, so the job may still run; repeat: ./minimalcluster cancel " + job
                + masterOptions;
    }

    /** Runs a call in a daemon thread, which does not prevent the JVM from exiting. */
    private static <T> CompletableFuture<T> inBackground(Supplier<T> call) {
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
