package io.minimalcluster.client.cli;

import io.minimalcluster.client.cli.option.InterruptSource;
import org.jspecify.annotations.Nullable;

/** A source of simulated interrupts. */
final class FakeInterrupts implements InterruptSource {
    private volatile @Nullable Runnable handler;

    @Override
    public Registration handle(Runnable called) {
        handler = called;
        return () -> handler = null;
    }

    /** Simulates SIGINT. Returns whether a handler was registered. */
    boolean interrupt() {
        Runnable called = handler;
        if (called != null) {
            called.run();
        }
        return called != null;
    }
}
