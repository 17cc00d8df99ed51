package io.minimalcluster.worker.report.buffer;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.frame.OutcomePart.PositionError;
import io.minimalcluster.worker.executor.protocol.ExecutedPart;
import io.minimalcluster.worker.master.ResultPart.ValueBlock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Outcomes of consecutive tasks of a batch, and the range of their values in the executor's block. */
public record OutcomeRange(ExecutedPart part, ValueBlock values) {
    private static final int OVERHEAD = 512;

    /** Creates a range from a part. The block is not parsed; the master validates it. */
    public static OutcomeRange of(ExecutedPart part) {
        byte[] json = part.values();
        int from = json.length > 0 && json[0] == '[' ? 1 : 0;
        int to = json.length > from && json[json.length - 1] == ']' ? json.length - 1 : json.length;
        return new OutcomeRange(part, new ValueBlock(json, from, to));
    }

    /** Returns the same tasks, each failed with a crash. */
    public OutcomeRange asCrashes(String message) {
        TaskError crash = new TaskError(ErrorKind.CRASH, null, message, List.of(), 1);
        List<PositionError> errors = IntStream.range(part.first(), end())
                .mapToObj(position -> new PositionError(position, crash))
                .toList();
        return of(new ExecutedPart(
                part.first(), part.count(), ValueBlockScanner.nulls(part.count()), errors, part.nanos(), List.of()));
    }

    /** Returns the outcomes before a position, possibly none. */
    public OutcomeRange before(int end) {
        if (end >= end()) {
            return this;
        }
        int count = Math.max(0, end - part.first());
        long[] nanos = part.nanos().length == part.count() ? Arrays.copyOf(part.nanos(), count) : part.nanos();
        ExecutedPart head = new ExecutedPart(
                part.first(),
                count,
                part.values(),
                part.errors().stream().filter(error -> error.position() < end).toList(),
                nanos,
                part.output().stream().filter(output -> output.position() < end).toList());
        return new OutcomeRange(head, ValueBlockScanner.head(values, count));
    }

    public boolean isWellFormed() {
        return ValueBlockScanner.count(values) == part.count();
    }

    int first() {
        return part.first();
    }

    int count() {
        return part.count();
    }

    int end() {
        return part.first() + part.count();
    }

    /** The approximate memory size in bytes. */
    long bytes() {
        long errors = part.errors().stream()
                .mapToLong(error -> OVERHEAD + 100L * error.error().stackTrace().size())
                .sum();
        long output = part.output().stream()
                .mapToLong(each -> 2L * each.text().length())
                .sum();
        return OVERHEAD + part.values().length + 8L * part.nanos().length + errors + output;
    }
}
