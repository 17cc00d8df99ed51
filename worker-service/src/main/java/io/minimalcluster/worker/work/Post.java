package io.minimalcluster.worker.work;

import io.minimalcluster.worker.master.Batch;
import io.minimalcluster.worker.master.Results;
import io.minimalcluster.worker.master.Results.IndexedError;
import io.minimalcluster.worker.master.Results.IndexedOutput;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * What goes out in one request.
 *
 * @param parts outcomes of tasks that follow each other
 * @param bytes what of {@link Unposted} they hold
 * @param last whether nothing follows
 */
record Post(List<Outcomes> parts, long bytes, boolean last) {
    Post {
        parts = List.copyOf(parts);
    }

    /** The same with each part changed; those left without a task fall away. */
    Post with(UnaryOperator<Outcomes> change) {
        List<Outcomes> changed =
                parts.stream().map(change).filter(part -> part.count() > 0).toList();
        return new Post(changed, bytes, last);
    }

    /** The first position after it. */
    int end() {
        return parts.isEmpty() ? 0 : parts.getLast().end();
    }

    boolean isWellFormed() {
        return parts.stream().allMatch(Outcomes::isWellFormed);
    }

    Results toResults(Batch batch) {
        int first = parts.isEmpty() ? 0 : parts.getFirst().first();
        return new Results(
                batch.placeOf(first),
                parts.stream().mapToInt(Outcomes::count).sum(),
                parts.stream().map(Outcomes::values).toList(),
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
        return each ? nanos.map(Post::toMicros).toArray() : new long[] {toMicros(nanos.sum())};
    }

    private static long toMicros(long nanos) {
        return (nanos + 500) / 1000;
    }
}
