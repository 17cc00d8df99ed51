package io.minimalcluster.master.reduce;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minimalcluster.master.job.submit.ReductionJob;
import io.minimalcluster.master.reduce.fold.Fold;
import java.util.Arrays;

/**
 * Cuts values into groups, each a JSON array and an argument of the job that folds them: 4,096 values, or as many as do
 * not pass some mebibytes, but two at least. Where they are cut depends on the values alone.
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
            put((byte) ',');
        }
        room(end - start + 1);
        System.arraycopy(data, start, group, length, end - start);
        length += end - start;
        count++;
    }

    private void put(byte one) {
        room(1);
        group[length++] = one;
    }

    private void room(int more) {
        if (length + more > group.length) {
            group = Arrays.copyOf(group, Math.max(length + more, group.length * 2));
        }
    }

    /** Ends the group, of one value at least. */
    void endGroup() {
        put((byte) ']');
        job.add(group, length);
        length = 1;
        count = 0;
    }
}
