package io.minimalcluster.worker.batch;

import io.minimalcluster.worker.master.Backoff;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this worker can run anything. When a batch could not be run, something of our own is; where that fails too,
 * the worker is at fault: it gives back what it has not started and takes nothing more, until a later try succeeds.
 */
public final class SelfCheck {
    private static final Logger LOG = LoggerFactory.getLogger(SelfCheck.class);
    private static final int SHOWN = 1000;

    private final BatchExecutor executions;
    private final HeldLeases leases;
    private final Backoff backoff;
    private final Executor threads;
    private final AtomicBoolean doubted = new AtomicBoolean();

    public SelfCheck(BatchExecutor executions, HeldLeases leases, Backoff backoff, Executor threads) {
        this.executions = executions;
        this.leases = leases;
        this.backoff = backoff;
        this.threads = threads;
    }

    /** A batch could not be run, whoever's fault that is; of many that say so at once one is listened to. */
    void check() throws InterruptedException {
        if (!leases.isClosing() && doubted.compareAndSet(false, true)) {
            boolean goesOn = false;
            try {
                goesOn = suspendIfBroken();
            } finally {
                doubted.set(goesOn);
            }
        }
    }

    private boolean suspendIfBroken() throws InterruptedException {
        try {
            executions.selfTest();
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
        backoff.reset();
        try {
            while (!leases.isClosing()) {
                Thread.sleep(backoff.next());
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
            executions.selfTest();
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
