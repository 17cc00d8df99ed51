package io.minimalcluster.task.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Delays the warm-up of a process until a processor is idle, so that the warm-up takes no time from other processes. A
 * process that never has work then costs little on a busy machine.
 */
public final class WarmUpDelay {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(25);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final FrameReader reader;
    private final BooleanSupplier hasIdleProcessor;

    public WarmUpDelay(FrameReader reader, ProcessorLoad load) {
        this(reader, load::hasIdleProcessor);
    }

    WarmUpDelay(FrameReader reader, BooleanSupplier hasIdleProcessor) {
        this.reader = reader;
        this.hasIdleProcessor = hasIdleProcessor;
    }

    /** Waits for an idle processor. Returns false if the first frame comes before. */
    public boolean awaitIdleProcessor() {
        Duration pause = FIRST_PAUSE;
        while (reader.isIdleFor(pause)) {
            if (hasIdleProcessor.getAsBoolean()) {
                return true;
            }
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        }
        return false;
    }
}
