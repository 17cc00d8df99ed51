package io.minimalcluster.micro;

import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.model.environment.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Cutting a batch out of a segment and copying it to the response of a poll. The batch is the middle half of the
 * segment.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(jvmArgsAppend = "-XX:TieredStopAtLevel=1")
public class SliceBenchmark {
    /** A full segment of integers. */
    @State(Scope.Benchmark)
    public static class Integers {
        final Segment segment = first(new SubmittedList(JsonLists.integers(100_000), Shape.Kind.INTEGER));
    }

    /** A full segment of objects with members of each kind. */
    @State(Scope.Benchmark)
    public static class Records {
        final Segment segment = first(new SubmittedList(JsonLists.records(10_000), Shape.Kind.OBJECT));
    }

    @Benchmark
    public ByteArrayOutputStream sliceIntegers(Integers integers, Volume volume) {
        return slice(integers.segment, volume);
    }

    @Benchmark
    public ByteArrayOutputStream sliceRecords(Records records, Volume volume) {
        return slice(records.segment, volume);
    }

    private static ByteArrayOutputStream slice(Segment segment, Volume volume) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int quarter = segment.count() / 4;
        Segment.Slice slice = segment.slice(segment.first() + quarter, segment.end() - quarter);
        volume.bytes += slice.length();
        out.write(slice.bytes(), slice.offset(), slice.length());
        return out;
    }

    private static Segment first(SubmittedList list) {
        try {
            return list.segments().getFirst();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
