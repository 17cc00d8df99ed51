package io.minimalcluster.master.reduce.fold;

/** Folds JSON values one after the other. What is null is passed over. */
public interface Fold {
    /** How many values make a group: the groups are folded each for itself, then over the groups. */
    int GROUP = 4096;

    /**
     * Takes a value, which stands in some bytes.
     *
     * @throws NotFoldableException if it is no number that can be folded
     */
    void add(byte[] data, int start, int end);

    /** Ends a group. */
    void endGroup();

    /** What was folded, between two groups, as text that {@link #restore} takes. */
    String state();

    /** Goes on where another ended. */
    void restore(String state);

    /** What all was folded into, as JSON. */
    String result();
}
