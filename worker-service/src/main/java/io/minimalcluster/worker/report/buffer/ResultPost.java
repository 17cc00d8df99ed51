package io.minimalcluster.worker.report.buffer;

import io.minimalcluster.worker.master.Batch;
import io.minimalcluster.worker.master.ResultPart;
import io.minimalcluster.worker.master.ResultPart.IndexedError;
import io.minimalcluster.worker.master.ResultPart.IndexedOutput;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * The content of one request.
 *
 * @param parts outcomes of consecutive positions
 * @param bytes the share of {@link UnpostedBytes} that the post holds
 * @param last whether this is the last post
 */
public record ResultPost(List<OutcomeRange> parts, long bytes, boolean last) {
    public ResultPost {
        parts = List.copyOf(parts);
    }

    /** Returns the post with each part changed. Empty parts are removed. */
    public ResultPost with(UnaryOperator<OutcomeRange> change) {
        List<OutcomeRange> changed =
                parts.stream().map(change).filter(part -> part.count() > 0).toList();
        return new ResultPost(changed, bytes, last);
    }

    /** The first position after the post. */
    public int end() {
        return parts.isEmpty() ? 0 : parts.getLast().end();
    }

    public boolean isWellFormed() {
        return parts.stream().allMatch(OutcomeRange::isWellFormed);
    }

    public ResultPart toResults(Batch batch) {
        int first = parts.isEmpty() ? 0 : parts.getFirst().first();
        return new ResultPart(
                batch.reportedPosition(first),
                parts.stream().mapToInt(OutcomeRange::count).sum(),
                parts.stream().map(OutcomeRange::values).toList(),
                parts.stream()
                        .flatMap(part -> part.part().errors().stream())
                        .map(error -> IndexedError.of(batch.indexAt(error.position()), error, batch.attempt()))
                        .toList(),
                micros(),
                parts.stream()
                        .flatMap(part -> part.part().output().stream())
                        .map(output ->
                                new IndexedOutput(batch.indexAt(output.position()), output.text(), output.truncated()))
                        .toList(),
                last);
    }

    /** The run times: one for each task if every part has them, otherwise the sum. */
    private long[] micros() {
        LongStream nanos =
                parts.stream().flatMapToLong(part -> LongStream.of(part.part().nanos()));
        if (parts.stream().anyMatch(part -> part.part().nanos().length == 0)) {
            return new long[0];
        }
        boolean each = parts.stream().allMatch(part -> part.part().nanos().length == part.count());
        return each ? nanos.map(ResultPost::toMicros).toArray() : new long[] {toMicros(nanos.sum())};
    }

    private static long toMicros(long nanos) {
        return (nanos + 500) / 1000;
    }
}
