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
 * One life of a cluster, of which a seed decides everything: what happens, in which order, and how often each thing is
 * likely to. Ends with healthy workers, who have to bring every job to its end.
 */
final class Simulation {
    private static final int REMEMBERED = 40;
    private static final int MOST_ROUNDS = 400;
    private static final int MOST_UNFINISHED = 5;

    private final long seed;
    private final Random random;
    private final Store store;
    private final IdGenerator idGenerator;
    private final VirtualClock clock = new VirtualClock();
    private final InvariantChecker checker;
    private final Map<String, Integer> happened;
    private final Deque<String> lastSteps = new ArrayDeque<>();
    private final List<Action> actions = new ArrayList<>();
    private final WorkerActions workers;
    private final ClientActions clients;
    private SimulatedMaster master;
    private final int mostUnfinished;
    private int step;

    /** @param happened where it is counted how often what happened */
    Simulation(Store store, long seed, Map<String, Integer> happened) {
        this.seed = seed;
        this.random = new Random(seed);
        this.store = store;
        this.happened = happened;
        this.idGenerator = TestIds.of(new Random(random.nextLong()));
        this.checker = new InvariantChecker(store);
        this.master = new SimulatedMaster(store, clock, idGenerator);
        this.workers = new WorkerActions(store, random, checker, this::note);
        this.clients = new ClientActions(random, checker, this::note);
        this.mostUnfinished = 1 + random.nextInt(MOST_UNFINISHED);
        addActions();
    }

    /** How likely each is, one seed likes differently from another. */
    private void addActions() {
        always(30, () -> workers.poll(master));
        always(40, () -> workers.post(master));
        always(5, () -> clients.submit(master, mostUnfinished));
        sometimes(6, () -> workers.postLater());
        sometimes(8, () -> workers.deliver(master));
        sometimes(4, () -> workers.postAgain(master));
        sometimes(3, () -> workers.postWhatIsNot(master));
        always(4, () -> workers.postOfThePast(master));
        sometimes(6, () -> workers.lookForStragglers(master));
        sometimes(10, () -> workers.relieve(master));
        sometimes(3, () -> workers.postBoth(master, this::look));
        sometimes(2, () -> workers.bringDown(master, this::silence));
        sometimes(3, () -> workers.register(master));
        sometimes(2, () -> workers.registerAnew(master));
        sometimes(2, () -> workers.leave(master));
        sometimes(3, () -> workers.changeHealth());
        sometimes(2, () -> workers.drainOrResume(master));
        sometimes(8, this::timePasses);
        sometimes(1, this::longTimePasses);
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

    /** Runs it to its end. */
    void run(int steps) {
        try {
            workers.register(master);
            look();
            int weights = actions.stream().mapToInt(Action::weight).sum();
            for (step = 0; step < steps; step++) {
                clock.advance(random.nextInt(200));
                choose(weights).run();
                look();
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

    private void note(String what, Object details) {
        happened.merge(what, 1, Integer::sum);
        lastSteps.addLast(step + ": " + what + " " + details);
        if (lastSteps.size() > REMEMBERED) {
            lastSteps.removeFirst();
        }
    }

    private void look() {
        checker.check(workers.takeDelivery(), clients.takeRetried());
    }

    private void timePasses() {
        int seconds = random.nextBoolean() ? 1 + random.nextInt(10) : WorkerCalls.LEASE_TICKS + 2;
        note("time passes", seconds);
        pass(seconds);
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.advance(1000);
            workers.heartbeat(master);
            master.workers().tick();
        }
        look();
        if (random.nextBoolean()) { // who waits is faster than what gives up
            workers.poll(master);
            look();
        }
        giveUp();
        master.jobs().tick();
        master.reductions().look();
        look();
    }

    /** As long as it takes until who is not heard of has lost what it has. */
    private void silence() {
        pass(WorkerCalls.LEASE_TICKS + 2);
    }

    private void giveUp() {
        while (master.results().giveUpSome()) {
            note("given up", "");
            look();
        }
    }

    private void longTimePasses() {
        note("an hour passes", "");
        clock.advance(3_700_000);
        master.workers().forget();
        pass(1);
    }

    private void background() {
        if (!master.isIdle()) {
            note("background", "");
            master.goOn(random);
        }
    }

    private void restart() {
        note("restart", "");
        master = new SimulatedMaster(store, clock, idGenerator);
    }

    /** Two healthy workers that can do anything, and no more trouble: every job ends. */
    private void finish() {
        note("finish", "");
        clients.resumeAll(master);
        workers.onlyHealthyOnes(master);
        look();
        for (int round = 0; !isOver(); round++) {
            assertThat(round).as("progress of %s", checker.last().jobs()).isLessThan(MOST_ROUNDS);
            pass(1);
            workers.workHard(master, this::look);
            while (!master.isIdle()) {
                master.goOn(random);
                look();
            }
        }
        restart();
        while (!master.isIdle()) {
            master.goOn(random);
        }
        look();
        checker.checkAll();
    }

    private boolean isOver() {
        return checker.last().jobs().values().stream().allMatch(job -> job.isOver() && !job.isFolding());
    }

    static Map<String, Integer> nothingYet() {
        return new TreeMap<>();
    }

    private record Action(int weight, Runnable run) {}

    /** Is told what happened. */
    @FunctionalInterface
    interface Story {
        void note(String what, Object details);
    }
}
