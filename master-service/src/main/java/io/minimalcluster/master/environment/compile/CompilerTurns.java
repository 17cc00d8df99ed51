package io.minimalcluster.master.environment.compile;

import io.minimalcluster.master.error.MasterException.TooManyRequests;
import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.limit.RateLimiter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Allocates compilers to owners. An owner has one compiler at a time, and a budget of time. A free compiler goes to the
 * owner that used the least time lately.
 */
final class CompilerTurns {
    /** The waiting calls of all owners. Each holds its sources. */
    static final int MAX_WAITING = 128;

    /** All clients may share one key, so an owner may have most of the places. */
    static final int MAX_WAITING_PER_OWNER = 96;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    /** The wait for a compiler before another one is added. Most compilations take less time than a start. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final int MAX_OWNERS = 10_000;

    private final int maxCompilers;
    private final LongSupplier nanoTime;
    private final RateLimiter budget; // in milliseconds

    // guarded by this
    private final SortedSet<Integer> free = new TreeSet<>(Set.of(0));
    private int compilers = 1;
    private final Set<String> served = new HashSet<>();
    private final Map<String, Deque<CompletableFuture<Turn>>> waiting = new LinkedHashMap<>(); // in order of arrival
    private int waitingCalls;

    CompilerTurns(CompilerSettings settings, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        long millis = settings.timePerOwner().toMillis();
        this.budget = new RateLimiter(
                Math.toIntExact(millis), CompilerSettings.WINDOW.dividedBy(millis), MAX_OWNERS, nanoTime);
        this.maxCompilers = settings.processes();
    }

    /** The use of a compiler by an owner, until it is closed. */
    final class Turn implements AutoCloseable {
        private final String owner;
        private final int compiler;
        private OptionalLong begin = OptionalLong.empty();

        private Turn(String owner, int compiler) {
            this.owner = owner;
            this.compiler = compiler;
        }

        /** The number of the compiler. Small numbers are used first. */
        int compiler() {
            return compiler;
        }

        /** Starts to count the time, once the compiler is ready. */
        void begin() {
            begin = OptionalLong.of(nanoTime.getAsLong());
        }

        @Override
        public void close() {
            begin.ifPresent(time -> budget.take(
                    owner,
                    Math.toIntExact(
                            Duration.ofNanos(nanoTime.getAsLong() - time).toMillis())));
            release(this);
        }
    }

    /**
     * Waits for a compiler.
     *
     * @throws TooManyRequests if the owner has used up its time, or too many of its calls wait
     * @throws Unavailable if no compiler becomes free in time, or too many calls wait
     */
    Turn take(String owner, Duration limit) throws InterruptedException {
        CompletableFuture<Turn> turn = enqueue(owner);
        Duration patience = limit.compareTo(PATIENCE) < 0 ? limit : PATIENCE;
        try {
            Optional<Turn> taken = await(turn, patience);
            if (taken.isEmpty()) {
                addCompilerFor(owner);
                taken = await(turn, limit.minus(patience));
            }
            return taken.or(() -> withdraw(owner, turn))
                    .orElseThrow(() -> new Unavailable("The compilers are busy.", RETRY_AFTER));
        } catch (InterruptedException e) {
            withdraw(owner, turn).ifPresent(this::release);
            throw e;
        }
    }

    private static Optional<Turn> await(CompletableFuture<Turn> turn, Duration limit) throws InterruptedException {
        try {
            return Optional.of(turn.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private synchronized void addCompilerFor(String owner) {
        if (!served.contains(owner) && free.isEmpty() && compilers < maxCompilers) {
            free.add(compilers++);
            dispatch();
        }
    }

    private synchronized CompletableFuture<Turn> enqueue(String owner) {
        Duration wait = budget.waitOf(owner);
        if (wait.isPositive()) {
            throw new TooManyRequests("Your compilations took too much time lately.", wait);
        }
        Deque<CompletableFuture<Turn>> own = waiting.computeIfAbsent(owner, _ -> new ArrayDeque<>());
        if (own.size() >= MAX_WAITING_PER_OWNER) {
            throw new TooManyRequests(own.size() + " compilations of yours wait already.", RETRY_AFTER);
        }
        if (waitingCalls >= MAX_WAITING) {
            forgetIfEmpty(owner, own);
            throw new Unavailable("Too many compilations wait already.", RETRY_AFTER);
        }
        CompletableFuture<Turn> turn = new CompletableFuture<>();
        own.add(turn);
        waitingCalls++;
        dispatch();
        return turn;
    }

    /** Ends the wait of a call. Returns its turn if it got one meanwhile. */
    private synchronized Optional<Turn> withdraw(String owner, CompletableFuture<Turn> turn) {
        Deque<CompletableFuture<Turn>> own = waiting.get(owner);
        if (own != null && own.removeIf(Predicate.isEqual(turn))) {
            waitingCalls--;
            forgetIfEmpty(owner, own);
            return Optional.empty();
        }
        return Optional.of(turn.join());
    }

    private void forgetIfEmpty(String owner, Deque<CompletableFuture<Turn>> own) {
        if (own.isEmpty()) {
            waiting.remove(owner);
        }
    }

    private synchronized void release(Turn turn) {
        served.remove(turn.owner);
        free.add(turn.compiler);
        dispatch();
    }

    private void dispatch() {
        Optional<String> next = next();
        while (next.isPresent() && !free.isEmpty()) {
            String owner = next.get();
            Deque<CompletableFuture<Turn>> own = Objects.requireNonNull(waiting.get(owner));
            CompletableFuture<Turn> turn = own.removeFirst();
            waitingCalls--;
            waiting.remove(owner);
            if (!own.isEmpty()) {
                waiting.put(owner, own); // behind the others
            }
            served.add(owner);
            turn.complete(new Turn(owner, free.removeFirst()));
            next = next();
        }
    }

    /** The waiting owner that used the least time lately, of equal ones the one that waits longest. */
    private Optional<String> next() {
        Optional<String> best = Optional.empty();
        for (String owner : waiting.keySet()) {
            if (!served.contains(owner)
                    && (best.isEmpty() || budget.used(owner).compareTo(budget.used(best.get())) < 0)) {
                best = Optional.of(owner);
            }
        }
        return best;
    }
}
