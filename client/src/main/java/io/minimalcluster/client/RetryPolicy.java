package io.minimalcluster.client;

import io.minimalcluster.model.support.Backoff;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which failed calls are repeated. {@link #send} retries with exponential backoff and jitter after a connection
 * failure, a status 503 or 429, or a 409 for a previous attempt in progress. It is only for calls that are safe to
 * repeat, such as those with an Idempotency-Key.
 */
final class RetryPolicy {
    private static final int ATTEMPTS = 5;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(10);
    private static final double BACKOFF_FACTOR = 3;
    private static final int MAX_CAUSES = 20;
    /** The time for which a wait retries after its connection was lost. */
    private static final Duration MAX_LOST = Duration.ofSeconds(60);

    private final Consumer<Duration> pause;

    /** @param pause sleeps for a duration; it may leave the thread interrupted, which ends the retries */
    RetryPolicy(Consumer<Duration> pause) {
        this.pause = pause;
    }

    /** Creates a policy that sleeps between attempts. */
    static RetryPolicy sleeping() {
        return new RetryPolicy(duration -> {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    <T> T send(Supplier<T> call) {
        Backoff backoff = new Backoff(FIRST_BACKOFF, MAX_BACKOFF, BACKOFF_FACTOR);
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (UnreachableException | ProblemException e) {
                if (attempt == ATTEMPTS || !isRetryable(e, attempt) || !pause(backoff.next())) {
                    throw e;
                }
            }
        }
    }

    /** Sleeps. Returns whether another attempt may follow. */
    private boolean pause(Duration duration) {
        pause.accept(duration);
        return !Thread.currentThread().isInterrupted();
    }

    private static boolean isRetryable(RuntimeException failure, int attempt) {
        return switch (failure) {
            case UnreachableException unreachable -> isConnectionLost(unreachable);
            case ProblemException refused -> isNotReady(refused.problem(), attempt);
            default -> false;
        };
    }

    /** A response timeout and a refused certificate are not retried, because the next attempt would fail as well. */
    private static boolean isConnectionLost(UnreachableException unreachable) {
        boolean responseTimeout = unreachable.getCause() instanceof HttpTimeoutException
                && !(unreachable.getCause() instanceof HttpConnectTimeoutException);
        boolean certificateRefused = isCausedBy(unreachable, CertificateException.class);
        return !responseTimeout
                && !certificateRefused
                && !Thread.currentThread().isInterrupted();
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        @Nullable Throwable at = failure;
        for (int depth = 0; at != null && depth < MAX_CAUSES; depth++) {
            if (type.isInstance(at)) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }

    /**
     * The master shuts down, can't write or has too many calls; or it still processes the previous attempt under this
     * Idempotency-Key.
     */
    private static boolean isNotReady(Problem problem, int attempt) {
        boolean inProgress = problem.status() == 409
                && attempt > 1
                && problem.more().containsKey("state")
                && "IN_PROGRESS".equals(problem.more().get("state").asString());
        return isTemporary(problem) || inProgress;
    }

    private static boolean isTemporary(Problem problem) {
        return problem.status() == 503 || problem.status() == 429;
    }

    /** Whether a call failed because of a lost connection, or because the master is not ready. */
    static boolean isTemporary(RuntimeException failure) {
        return failure instanceof UnreachableException
                || (failure instanceof ProblemException refused && isTemporary(refused.problem()));
    }

    /** Repeats a call of a long wait for about a minute of temporary failures. */
    static <T> T untilLost(Supplier<T> call, BooleanSupplier closed) {
        Backoff backoff = new Backoff(FIRST_BACKOFF, MAX_BACKOFF);
        long lost = 0;
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (UnreachableException | ProblemException e) {
                long now = System.nanoTime();
                lost = attempt == 1 ? now : lost;
                if (!isTemporary(e)
                        || closed.getAsBoolean()
                        || Thread.currentThread().isInterrupted()
                        || now - lost > MAX_LOST.toNanos()) {
                    throw e;
                }
                LockSupport.parkNanos(backoff.next().toNanos());
            }
        }
    }
}
