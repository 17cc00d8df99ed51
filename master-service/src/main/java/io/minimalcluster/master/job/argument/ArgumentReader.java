package io.minimalcluster.master.job.argument;

import io.minimalcluster.master.error.MasterException.InvalidArguments;
import io.minimalcluster.master.error.MasterException.InvalidOption;
import io.minimalcluster.master.error.MasterException.PayloadTooLarge;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.segment.SegmentBuilder;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.support.JsonLimits;
import io.minimalcluster.task.json.JsonKind;
import io.minimalcluster.task.json.JsonScanner;
import io.minimalcluster.task.json.JsonTooDeepException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Reads a list of arguments into segments and checks their types. */
public final class ArgumentReader {
    /** The number of integers that are read at once. */
    private static final int BLOCK = 512;

    private final ArgumentLimits limits;
    private final @Nullable ArgumentTypeCheck fit;
    private final SegmentConsumer consumer;
    /** The number of digits of integers that need no further check. */
    private final int safeDigits;

    private final byte[] lengths = new byte[BLOCK];

    private final SegmentBuilder segment = new SegmentBuilder(0);
    private long bytes;

    /** @param function the target function; null where it is not known yet, see {@link #check} */
    public ArgumentReader(ArgumentLimits limits, @Nullable TargetFunction function, SegmentConsumer consumer) {
        this.limits = limits;
        this.fit = function == null ? null : new ArgumentTypeCheck(function);
        this.consumer = consumer;
        this.safeDigits = fit == null ? ParameterTypeCheck.LONG_DIGITS : fit.safeDigits();
    }

    /** Reads the JSON array at the scanner. Returns the number of arguments. */
    public long read(JsonScanner array) throws IOException {
        array.enterArray();
        addIntegers(array, array.nextIntegers(lengths, safeDigits));
        while (array.nextElement()) {
            readArgument(array, null);
            addIntegers(array, array.nextIntegers(lengths, safeDigits));
        }
        return finish();
    }

    /** Reads text with one argument per line to its end. Returns the number of arguments. */
    public long readLines(JsonScanner lines) throws IOException {
        addIntegers(lines, lines.nextIntegerLines(lengths, safeDigits));
        while (lines.nextLine()) {
            readArgument(lines, lines.line());
            addIntegers(lines, lines.nextIntegerLines(lengths, safeDigits));
        }
        return finish();
    }

    private void readArgument(JsonScanner at, @Nullable Long line) throws IOException {
        JsonKind kind = scan(at, line);
        checkFit(fit, segment.end(), line, kind, at);
        segment.add(at.bytes(), at.start(), at.end());
        added(at.end() - at.start());
    }

    private void addIntegers(JsonScanner at, int count) {
        if (count > 0) {
            segment.addAll(at.bytes(), at.start(), at.end(), lengths, count);
            added(at.end() - at.start() - count + 1);
        }
    }

    private JsonKind scan(JsonScanner at, @Nullable Long line) throws IOException {
        try {
            return at.value();
        } catch (JsonTooDeepException e) {
            String expected = "at most " + JsonLimits.MAX_DEPTH + " levels";
            throw new InvalidArguments(
                    "The argument at index " + segment.end() + " has " + e.getMessage() + ".",
                    segment.end(),
                    line,
                    expected);
        }
    }

    private long finish() {
        long count = segment.end();
        if (!segment.isEmpty()) {
            consumer.accept(segment.build());
        }
        return count;
    }

    private void added(int length) {
        bytes += length;
        if (bytes > limits.jobBytes().bytes()) {
            throw new PayloadTooLarge(limits.jobBytes().bytes());
        }
        if (segment.end() > limits.jobTasks()) {
            throw new InvalidOption(
                    "args", "at most " + limits.jobTasks() + " tasks", "The job has more tasks than a job may have.");
        }
        if (segment.isFull()) {
            consumer.accept(segment.build());
        }
    }

    /** Checks a segment that was read before the function was known. */
    public static void check(TargetFunction function, Segment segment) {
        ArgumentTypeCheck fit = new ArgumentTypeCheck(function);
        Segment.Values values = segment.values();
        try {
            while (values.next()) {
                JsonScanner value = JsonScanner.of(segment.data(), values.start(), values.end());
                checkFit(fit, values.index(), null, value.value(), value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // unreachable: the input is in memory
        }
    }

    private static void checkFit(
            @Nullable ArgumentTypeCheck fit, long index, @Nullable Long line, JsonKind kind, JsonScanner at) {
        if (fit == null) {
            return;
        }
        String expected = fit.expectedInsteadOf(kind, at.bytes(), at.start(), at.end());
        if (expected != null) {
            throw new InvalidArguments(
                    "The argument at index " + index + " does not fit the parameter. Expected " + expected + ".",
                    index,
                    line,
                    expected);
        }
    }
}
