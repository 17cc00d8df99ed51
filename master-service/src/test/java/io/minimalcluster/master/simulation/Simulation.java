package io.minimalcluster.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.id.IdGenerator;
import io.minimalcluster.master.id.TestIds;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.worker.WorkerCalls;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A deterministic simulation of a cluster. The seed decides the actions, their order and their weights. In the end two
 * healthy workers complete every job.
 */
final class Simulation {
    private static final int KEPT_STEPS = 40;
    private static final int MAX_ROUNDS = 400;
    private static final int MAX_UNFINISHED = 5;

    private final long seed;
    private final Random random;
    private final Store store;
    private final IdGenerator idGenerator;
    private final VirtualClock clock = new VirtualClock();
    private final InvariantChecker checker;
    private final Map<String, Integer> counts;
    private final Deque<String> lastSteps = new ArrayDeque<>();
    private final List<Action> actions = new ArrayList<>();
    private final WorkerActions workers;
    private final ClientActions clients;
    private SimulatedMaster master;
    private final int maxUnfinished;
    private int step;

    /** @param counts receives the number of each kind of step */
    Simulation(Store store, long seed, Map<String, Integer> counts) {
        this.seed = seed;
        this.random = new Random(seed);
        this.store = store;
        this.counts = counts;
        this.idGenerator = TestIds.of(new Random(random.nextLong()));
        this.checker = new InvariantChecker(store);
        this.master = new SimulatedMaster(store, clock, idGenerator);
        this.workers = new WorkerActions(store, random, checker, this::record);
        this.clients = new ClientActions(random, checker, this::record);
        this.maxUnfinished = 1 + random.nextInt(MAX_UNFINISHED);
        addActions();
    }

    /** Adds the actions with weights that depend on the seed. */
    private void addActions() {
        always(30, () -> workers.poll(master));
        always(40, () -> workers.post(master));
        always(5, () -> clients.submit(master, maxUnfinished));
        sometimes(6, () -> workers.postLater());
        sometimes(8, () -> workers.deliver(master));
        sometimes(4, () -> workers.postAgain(master));
        sometimes(3, () -> workers.postInvalidPart(master));
        sometimes(3, () -> workers.refuse(master));
        always(4, () -> workers.postUnderEndedLease(master));
        sometimes(6, () -> workers.detectStragglers(master));
        sometimes(10, () -> workers.mitigateStragglers(master));
        sometimes(3, () -> workers.postBoth(master, this::check));
        sometimes(2, () -> workers.loseWorkers(master, this::passLeaseDuration));
        sometimes(3, () -> workers.register(master));
        sometimes(2, () -> workers.replaceWorker(master));
        sometimes(2, () -> workers.leave(master));
        sometimes(3, () -> workers.changeHealth());
        sometimes(2, () -> workers.drainOrResume(master));
        sometimes(8, this::passTime);
        sometimes(1, this::passAnHour);
        sometimes(2, () -> clients.cancel(master));
        sometimes(3, () -> clients.pause(master));
        sometimes(3, () -> clients.resume(master));
        sometimes(3, () -> clients.retry(master));
        sometimes(1, () -> clients.delete(master));
        sometimes(2, this::restart);
        always(6, this::background);
    }

    private void always(int weight, Runnable action) {
        actions.add(new Action(weight * (1 + random.nextInt(3)), action));
    }

    private void sometimes(int weight, Runnable action) {
        actions.add(new Action(weight * random.nextInt(4), action));
    }

    /** Runs the simulation until all jobs have ended. */
    void run(int steps) {
        try {
            workers.register(master);
            check();
            int weights = actions.stream().mapToInt(Action::weight).sum();
            for (step = 0; step < steps; step++) {
                clock.advance(random.nextInt(200));
                choose(weights).run();
                check();
            }
            finish();
        } catch (RuntimeException | AssertionError e) {
            throw new SimulationFailure(seed, step, List.copyOf(lastSteps), e);
        }
    }

    private Runnable choose(int weights) {
        int dice = random.nextInt(weights);
        for (Action action : actions) {
            dice -= action.weight();
            if (dice < 0) {
                return action.run();
            }
        }
        throw new IllegalStateException();
    }

    private void record(String kind, Object details) {
        counts.merge(kind, 1, Integer::sum);
        lastSteps.addLast(step + ": " + kind + " " + details);
        if (lastSteps.size() > KEPT_STEPS) {
            lastSteps.removeFirst();
        }
    }

    private void check() {
        checker.check(workers.takeDelivery(), clients.takeRetried());
    }

    private void passTime() {
        int seconds = random.nextBoolean() ? 1 + random.nextInt(10) : WorkerCalls.LEASE_TICKS + 2;
        record("time passes", seconds);
        pass(seconds);
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.advance(1000);
            workers.heartbeat(master);
            master.workers().tick();
        }
        check();
        if (random.nextBoolean()) { // a poll may come before the lost tasks are failed
            workers.poll(master);
            check();
        }
        failLostTasks();
        master.jobs().tick();
        master.reductions().tick();
        check();
    }

    /** Passes the time after which leases of workers without contact lapse. */
    private void passLeaseDuration() {
        pass(WorkerCalls.LEASE_TICKS + 2);
    }

    private void failLostTasks() {
        while (master.results().failLostTasks()) {
            record("lost", "");
            check();
        }
    }

    private void passAnHour() {
        record("an hour passes", "");
        clock.advance(3_700_000);
        master.workers().forget();
        pass(1);
    }

    private void background() {
        if (!master.isIdle()) {
            record("background", "");
            master.runBackgroundTask(random);
        }
    }

    private void restart() {
        record("restart", "");
        master = new SimulatedMaster(store, clock, idGenerator);
    }

    /** Completes every job with two healthy workers and without further faults. */
    private void finish() {
        record("finish", "");
        clients.resumeAll(master);
        workers.keepHealthyWorkersOnly(master);
        check();
        for (int round = 0; !isFinished(); round++) {
            assertThat(round).as("progress of %s", checker.last().jobs()).isLessThan(MAX_ROUNDS);
            pass(1);
            workers.completeBatches(master, this::check);
            while (!master.isIdle()) {
                master.runBackgroundTask(random);
                check();
            }
        }
        restart();
        while (!master.isIdle()) {
            master.runBackgroundTask(random);
        }
        check();
        checker.checkAll();
    }

    private boolean isFinished() {
        return checker.last().jobs().values().stream().allMatch(job -> job.isTerminal() && !job.isHidden());
    }

    static Map<String, Integer> newCounts() {
        return new TreeMap<>();
    }

    private record Action(int weight, Runnable run) {}

    /** Records the steps of a simulation. */
    @FunctionalInterface
    interface EventLog {
        void add(String step, Object details);
    }
}
