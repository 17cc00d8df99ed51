package io.minimalcluster.chaos.check;

import java.util.ArrayList;
import java.util.List;

/** How often an invariant was looked at, and where it did not hold. */
public final class Finding {
    private final Invariant invariant;
    private final List<String> violations = new ArrayList<>();
    private long checked;

    Finding(Invariant invariant) {
        this.invariant = invariant;
    }

    /** Counts one look, and writes down what is wrong if this does not hold. */
    @SuppressWarnings("AnnotateFormatMethod") // its annotation is in a library that nothing else here needs
    void expect(boolean holds, String otherwise, Object... details) {
        checked++;
        if (!holds) {
            violations.add(otherwise.formatted(details));
        }
    }

    public Invariant invariant() {
        return invariant;
    }

    public long checked() {
        return checked;
    }

    public List<String> violations() {
        return List.copyOf(violations);
    }
}
