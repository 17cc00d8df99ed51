package io.minimalcluster.client.cli;

import io.minimalcluster.client.cli.option.InterruptSource;
import org.jspecify.annotations.Nullable;

/** Interrupts when it is told to. */
final class FakeInterrupts implements InterruptSource {
    private volatile @Nullable Runnable handler;

    @Override
    public Registration handle(Runnable called) {
        handler = called;
        return () -> handler = null;
    }

    /** Whether somebody handled it. */
    boolean interrupt() {
        Runnable called = handler;
        if (called != null) {
            called.run();
        }
        return called != null;
    }
}
