package io.minimalcluster.master.work;

import io.minimalcluster.master.match.Abilities;
import io.minimalcluster.master.match.Needs;
import io.minimalcluster.model.WorkerId;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A poll that waits for something to happen. */
public final class ParkedPoll {
    private final WorkerId worker;
    private final Semaphore news = new Semaphore(0);
    private volatile boolean superseded;
    private @Nullable Abilities abilities; // guarded by the bell, as all below; null until they are known
    private boolean choosy;
    private @Nullable Needs rungFor; // was told of work, and has not looked since

    ParkedPoll(WorkerId worker) {
        this.worker = worker;
    }

    public WorkerId worker() {
        return worker;
    }

    void wake() {
        news.release();
    }

    void ring(Needs needs) {
        rungFor = needs;
        news.release();
    }

    void looks() {
        rungFor = null;
    }

    /** What it was told of and has not looked for. */
    Optional<Needs> rungFor() {
        return Optional.ofNullable(rungFor);
    }

    void offers(Abilities worker, boolean isChoosy) {
        abilities = worker;
        choosy = isChoosy;
    }

    /** Whether it takes such work, if there still is some when it looks. */
    boolean isSureToServe(Needs needs) {
        return !choosy && (abilities != null || needs.equals(Needs.NONE));
    }

    /** Whether it can be given such work; true where nobody knows yet. */
    boolean mayServe(Needs needs) {
        return abilities == null || needs.areMetBy(abilities);
    }

    void supersede() {
        superseded = true;
        news.release();
    }

    /** Whether a newer poll took its place, or the master goes down: it is to end with nothing. */
    public boolean isSuperseded() {
        return superseded;
    }

    /** Waits for news; false when the time is up. */
    public boolean await(long nanos) throws InterruptedException {
        boolean woken = news.tryAcquire(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        news.drainPermits();
        return woken;
    }
}
