package io.minimalcluster.client;

import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Sends a call again where the connection failed or the master is not ready, after pauses that grow and differ. Only
 * for calls that are harmless to repeat, such as those under one Idempotency-Key.
 */
final class RetryPolicy {
    private static final int ATTEMPTS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final int GROWTH = 3;

    private final Consumer<Duration> pause;

    /** @param pause waits for so long; may leave the thread interrupted, which ends it */
    RetryPolicy(Consumer<Duration> pause) {
        this.pause = pause;
    }

    /** Waits by sleeping. */
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
        Duration longest = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (UnreachableException | ProblemException e) {
                if (attempt == ATTEMPTS || !isWorthIt(e, attempt) || !paused(longest)) {
                    throw e;
                }
            }
            longest = longest.multipliedBy(GROWTH);
        }
    }

    /** Half of the pause at least: those who failed together should not come back together. */
    private boolean paused(Duration longest) {
        long millis = longest.toMillis();
        pause.accept(Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1)));
        return !Thread.currentThread().isInterrupted();
    }

    private static boolean isWorthIt(RuntimeException failure, int attempt) {
        return switch (failure) {
            case UnreachableException lost -> isConnectionLost(lost);
            case ProblemException refused -> isNotReady(refused.problem(), attempt);
            default -> false;
        };
    }

    /** Who took too long to answer will take too long again. */
    private static boolean isConnectionLost(UnreachableException lost) {
        boolean late = lost.getCause() instanceof HttpTimeoutException
                && !(lost.getCause() instanceof HttpConnectTimeoutException);
        return !late && !Thread.currentThread().isInterrupted();
    }

    /** It goes down or can't write just now; or it still waits for the rest of what was sent before. */
    private static boolean isNotReady(Problem problem, int attempt) {
        boolean isStillReading = problem.status() == 409
                && attempt > 1
                && problem.more().containsKey("state")
                && "IN_PROGRESS".equals(problem.more().get("state").asString());
        return problem.status() == 503 || isStillReading;
    }
}
