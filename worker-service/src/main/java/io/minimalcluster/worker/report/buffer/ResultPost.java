package io.minimalcluster.worker.report.buffer;

import io.minimalcluster.worker.master.Batch;
import io.minimalcluster.worker.master.ResultPart;
import io.minimalcluster.worker.master.ResultPart.IndexedError;
import io.minimalcluster.worker.master.ResultPart.IndexedOutput;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * What goes out in one request.
 *
 * @param parts outcomes of tasks that follow each other
 * @param bytes what of {@link UnpostedBytes} they hold
 * @param last whether nothing follows
 */
public record ResultPost(List<OutcomeRange> parts, long bytes, boolean last) {
    public ResultPost {
        parts = List.copyOf(parts);
    }

    /** The same with each part changed; those left without a task fall away. */
    public ResultPost with(UnaryOperator<OutcomeRange> change) {
        List<OutcomeRange> changed =
                parts.stream().map(change).filter(part -> part.count() > 0).toList();
        return new ResultPost(changed, bytes, last);
    }

    /** The first position after it. */
    public int end() {
        return parts.isEmpty() ? 0 : parts.getLast().end();
    }

    public boolean isWellFormed() {
        return parts.stream().allMatch(OutcomeRange::isWellFormed);
    }

    public ResultPart toResults(Batch batch) {
        int first = parts.isEmpty() ? 0 : parts.getFirst().first();
        return new ResultPart(
                batch.placeOf(first),
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

    /** One for each task where each part has them, the sum of all otherwise. */
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
