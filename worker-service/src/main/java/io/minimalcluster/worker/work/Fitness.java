package io.minimalcluster.worker.work;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this worker can run anything. When a batch could not be run, something of our own is; where that fails too,
 * the worker is at fault: it gives back what it has not started and takes nothing more, until a later try succeeds.
 */
final class Fitness {
    private static final Logger LOG = LoggerFactory.getLogger(Fitness.class);
    private static final int SHOWN = 1000;

    private final Executions executions;
    private final HeldLeases leases;
    private final Pauses pauses;
    private final Executor threads;
    private final AtomicBoolean doubted = new AtomicBoolean();

    Fitness(Executions executions, HeldLeases leases, Pauses pauses, Executor threads) {
        this.executions = executions;
        this.leases = leases;
        this.pauses = pauses;
        this.threads = threads;
    }

    /** A batch could not be run, whoever's fault that is; of many that say so at once one is listened to. */
    void doubt() throws InterruptedException {
        if (!leases.isClosing() && doubted.compareAndSet(false, true)) {
            boolean goesOn = false;
            try {
                goesOn = takeOutIfBroken();
            } finally {
                doubted.set(goesOn);
            }
        }
    }

    private boolean takeOutIfBroken() throws InterruptedException {
        try {
            executions.tryOut();
            return false;
        } catch (IOException broken) {
            String reason = reason(broken);
            LOG.error("event=unfit reason=\"{}\" now=\"taking no work, trying again\"", reason);
            leases.setTrouble(reason);
            leases.all().forEach(LeasedBatch::giveBack);
            threads.execute(this::recover);
            return true;
        }
    }

    private void recover() {
        pauses.reset();
        try {
            while (!leases.isClosing()) {
                Thread.sleep(pauses.next());
                if (isFit()) {
                    LOG.info("event=fit-again");
                    leases.setTrouble(null);
                    doubted.set(false);
                    return;
                }
            }
        } catch (InterruptedException _) {
            LOG.debug("event=recovery-interrupted");
        }
    }

    private boolean isFit() throws InterruptedException {
        try {
            executions.tryOut();
            return true;
        } catch (IOException broken) {
            LOG.debug("event=still-unfit reason=\"{}\"", broken.getMessage());
            return false;
        }
    }

    /** On one line, and no longer than people read. */
    private static String reason(IOException broken) {
        String text = String.valueOf(broken.getMessage())
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN);
    }
}
