package io.minimalcluster.master.reduce;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minimalcluster.master.job.submit.ReductionJob;
import io.minimalcluster.master.reduce.fold.Fold;
import java.util.Arrays;

/**
 * Cuts values into groups for the internal job that folds them. A group is a JSON array of 4,096 values, or of fewer if
 * they exceed some mebibytes, but of two at least. The cuts depend only on the values.
 */
final class FoldGroups implements ValueReader.Visitor {
    private static final int BYTES = 4 * 1024 * 1024;

    private final ReductionJob job;
    private byte[] group = "[".getBytes(US_ASCII);
    private int length = 1;
    private int count;

    FoldGroups(ReductionJob job) {
        this.job = job;
    }

    @Override
    public void visit(long index, byte[] data, int start, int end) {
        boolean isFull = count == Fold.GROUP || (count >= 2 && length + end - start > BYTES);
        if (isFull) {
            endGroup();
        }
        if (count > 0) {
            append((byte) ',');
        }
        ensureCapacity(end - start + 1);
        System.arraycopy(data, start, group, length, end - start);
        length += end - start;
        count++;
    }

    private void append(byte one) {
        ensureCapacity(1);
        group[length++] = one;
    }

    private void ensureCapacity(int more) {
        if (length + more > group.length) {
            group = Arrays.copyOf(group, Math.max(length + more, group.length * 2));
        }
    }

    /** Ends the current group, which has at least one value. */
    void endGroup() {
        append((byte) ']');
        job.add(group, length);
        length = 1;
        count = 0;
    }
}
