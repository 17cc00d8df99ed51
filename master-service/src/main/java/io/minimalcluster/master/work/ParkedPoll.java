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
    private int limit = Integer.MAX_VALUE;
    private @Nullable Rung rungFor; // was told of work, and has not looked since

    ParkedPoll(WorkerId worker) {
        this.worker = worker;
    }

    public WorkerId worker() {
        return worker;
    }

    void wake() {
        news.release();
    }

    void ring(Needs needs, int losses) {
        rungFor = new Rung(needs, losses);
        news.release();
    }

    void looks() {
        rungFor = null;
    }

    /** What it was told of and has not looked for. */
    Optional<Rung> rungFor() {
        return Optional.ofNullable(rungFor);
    }

    void offers(Abilities worker, int below) {
        abilities = worker;
        limit = below;
    }

    boolean isKnown() {
        return abilities != null;
    }

    /** Whether it can be given such work; true where nobody knows yet. */
    boolean mayServe(Needs needs, int losses) {
        return abilities == null || (losses < limit && needs.areMetBy(abilities));
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

    /** Work that it was told of. */
    record Rung(Needs needs, int losses) {}
}
