package io.minimalcluster.chaos.check;

import java.util.ArrayList;
import java.util.List;

/** The result of a check: the number of comparisons and the violations. */
public final class Finding {
    private final Invariant invariant;
    private final List<String> violations = new ArrayList<>();
    private long checked;

    Finding(Invariant invariant) {
        this.invariant = invariant;
    }

    /** Counts a comparison, and records a violation if the condition is false. */
    @SuppressWarnings("AnnotateFormatMethod") // avoids a dependency for the annotation
    void expect(boolean holds, String violation, Object... details) {
        checked++;
        if (!holds) {
            violations.add(violation.formatted(details));
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
