package io.minimalcluster.master.simulation;

import java.util.List;

/** A failed check, with the seed and the last steps to reproduce it. */
final class SimulationFailure extends AssertionError {
    private static final long serialVersionUID = 1;

    SimulationFailure(long seed, int step, List<String> lastSteps, Throwable cause) {
        super(
                "seed " + seed + ", step " + step + ": " + cause.getMessage()
                        + "\nreplay with -Dminimalcluster.test.seed=" + seed + "\nlast steps:\n  "
                        + String.join("\n  ", lastSteps),
                cause);
    }
}
