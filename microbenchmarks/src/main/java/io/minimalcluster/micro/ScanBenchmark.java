package io.minimalcluster.micro;

import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.task.json.JsonScanner;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Finding the ends of the elements of a list: {@code count} by the scanner alone, {@code read} as the master reads the
 * arguments of a job, with their check against the parameter and the copy to segments.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(jvmArgsAppend = "-XX:TieredStopAtLevel=1")
public class ScanBenchmark {
    /** A million integers. */
    @State(Scope.Benchmark)
    public static class Integers {
        final SubmittedList list = new SubmittedList(JsonLists.integers(1_000_000), Shape.Kind.INTEGER);
    }

    /** 2,000 strings of 100 KB. */
    @State(Scope.Benchmark)
    public static class Texts {
        final SubmittedList list = new SubmittedList(JsonLists.texts(2_000), Shape.Kind.STRING);
    }

    /** 100,000 objects with members of each kind. */
    @State(Scope.Benchmark)
    public static class Records {
        final SubmittedList list = new SubmittedList(JsonLists.records(100_000), Shape.Kind.OBJECT);
    }

    @Benchmark
    public int countIntegers(Integers integers, Volume volume) throws IOException {
        return count(integers.list, volume);
    }

    @Benchmark
    public int countTexts(Texts texts, Volume volume) throws IOException {
        return count(texts.list, volume);
    }

    @Benchmark
    public int countRecords(Records records, Volume volume) throws IOException {
        return count(records.list, volume);
    }

    @Benchmark
    public void readIntegers(Integers integers, Volume volume, Blackhole segments) throws IOException {
        read(integers.list, volume, segments);
    }

    @Benchmark
    public void readTexts(Texts texts, Volume volume, Blackhole segments) throws IOException {
        read(texts.list, volume, segments);
    }

    @Benchmark
    public void readRecords(Records records, Volume volume, Blackhole segments) throws IOException {
        read(records.list, volume, segments);
    }

    private static int count(SubmittedList list, Volume volume) throws IOException {
        volume.bytes += list.json().length;
        JsonScanner scanner = JsonScanner.of(list.json());
        scanner.enterArray();
        return scanner.countElements();
    }

    private static void read(SubmittedList list, Volume volume, Blackhole segments) throws IOException {
        volume.bytes += list.json().length;
        list.read(segments::consume);
    }
}
