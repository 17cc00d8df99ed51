package io.minimalcluster.master.reduce.fold;

/** Incremental fold of JSON values. Null values are skipped. */
public interface Fold {
    /** Number of values of a group. Each group is folded separately, then the results of the groups. */
    int GROUP = 4096;

    /**
     * Adds a value, which is a part of {@code data}.
     *
     * @throws NotFoldableException if the value is not a number that can be folded
     */
    void add(byte[] data, int start, int end);

    /** Ends a group. */
    void endGroup();

    /** The intermediate state after a group, as text for {@link #restore}. */
    String state();

    /** Continues from the state of another fold. */
    void restore(String state);

    /** The folded value as JSON. */
    String result();
}
