package io.minimalcluster.worker.batch;

import io.minimalcluster.model.support.Backoff;
import io.minimalcluster.worker.executor.BatchExecutor;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects a worker whose executors cannot run any task. After a batch could not be run, a built-in task is run as a
 * self-test. If it fails, the worker returns unstarted tasks and accepts no batches until a later self-test succeeds.
 */
public final class SelfCheck {
    private static final Logger log = LoggerFactory.getLogger(SelfCheck.class);
    private static final int MAX_REASON_LENGTH = 1000;

    private final BatchExecutor batchExecutor;
    private final HeldLeases leases;
    private final Backoff backoff;
    private final Executor threads;
    private final AtomicBoolean checking = new AtomicBoolean();

    public SelfCheck(BatchExecutor batchExecutor, HeldLeases leases, Backoff backoff, Executor threads) {
        this.batchExecutor = batchExecutor;
        this.leases = leases;
        this.backoff = backoff;
        this.threads = threads;
    }

    /**
     * Runs the self-test after a batch could not be run. Concurrent calls share one check.
     *
     * @return whether it succeeded, so that the worker is not the cause
     */
    boolean runAfterFailure() throws InterruptedException {
        if (leases.isClosing() || !checking.compareAndSet(false, true)) {
            return false;
        }
        boolean broken = false;
        try {
            broken = suspendIfBroken();
        } finally {
            checking.set(broken);
        }
        return !broken;
    }

    private boolean suspendIfBroken() throws InterruptedException {
        try {
            batchExecutor.selfTest();
            return false;
        } catch (IOException | RuntimeException broken) {
            String reason = reason(broken);
            log.error(
                    "event=self-test.failed reason=\"{}\" action=\"accepting no batches, repeating the self-test\"",
                    reason);
            leases.setSelfTestFailure(reason);
            leases.all().forEach(LeasedBatch::returnUnstarted);
            threads.execute(this::recover);
            return true;
        }
    }

    private void recover() {
        backoff.reset();
        try {
            while (!leases.isClosing()) {
                Thread.sleep(backoff.next());
                if (passesSelfTest()) {
                    log.info("event=self-test.passed");
                    leases.setSelfTestFailure(null);
                    checking.set(false);
                    return;
                }
            }
        } catch (InterruptedException _) {
            log.debug("event=self-test.interrupted");
        }
    }

    private boolean passesSelfTest() throws InterruptedException {
        try {
            batchExecutor.selfTest();
            return true;
        } catch (IOException | RuntimeException broken) {
            log.debug("event=self-test.failing reason=\"{}\"", broken.getMessage());
            return false;
        }
    }

    /** The message of an error on one line, truncated. */
    private static String reason(Exception broken) {
        String text = String.valueOf(broken.getMessage())
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return text.length() <= MAX_REASON_LENGTH ? text : text.substring(0, MAX_REASON_LENGTH);
    }
}
