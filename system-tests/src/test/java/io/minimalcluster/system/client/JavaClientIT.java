package io.minimalcluster.system.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import io.minimalcluster.client.Authkey;
import io.minimalcluster.client.Cluster;
import io.minimalcluster.client.ProblemException;
import io.minimalcluster.client.RemoteFunction;
import io.minimalcluster.client.TaskFailedException;
import io.minimalcluster.client.reduce.Reduction;
import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.UseShared;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged client with packaged services. */
@UseShared(value = io.minimalcluster.system.harness.Cluster.class, cluster = 2)
@Order(2)
class JavaClientIT {
    private static final String SOURCE = """
            record Pair(long x, java.util.List<Long> squares) {}
            Pair pair(long x) { return new Pair(x, java.util.List.of(x * x)); }
            long square(long x) { return x * x; }
            int large(int x) { return 2_000_000_000; }
            long add(long one, long other) { return one + other; }
            long hang(long x) throws InterruptedException { Thread.sleep(600_000); return x; }
            """;

    private record Pair(long x, List<Long> squares) {}

    private static Cluster connect(MasterProcess master) {
        return Cluster.connect(master.url(), new Authkey(master.read("authkey")));
    }

    private static RemoteFunction<Long, Long> function(Cluster cluster, String name) {
        return cluster.load(SOURCE).function(name, Long.class, Long.class);
    }

    @Test
    void valuesOfAProgramArriveAsTheyAre(io.minimalcluster.system.harness.Cluster services) throws IOException {
        try (ClientProgram program = new ClientProgram(services.master())) {
            program.compile("Values.java", "classes", "");
            String classPath = program.path("classes") + File.pathSeparator + ClientProgram.CLIENT;

            assertThat(program.run(classPath, "com.acme.Values")).isEqualTo("""
                    zoned: [2026-07-01T12:00+02:00[Europe/Paris]]
                    zoned captured: [2026-07-01T12:00+02:00[Europe/Paris] 1]
                    offset: [2026-07-01T23:30-05:00]
                    path: [rel/a/x]
                    file: [rel/a]
                    month: [APRIL]
                    zero: [-0.0]
                    bits: [{3, 70}]
                    keys: [{Cell[x=1, y=2]=3}]
                    stream: [0, 1, 2]
                    class: Ada 10
                    numbers: [Long, Double]
                    sealed: [1.0, 6.0]
                    lists: [1]
                    alternatives: [Circle[r=1.0], Rect[w=2.0, h=1.0]]
                    refused: the values of Values::order can't be read: a java.util.Comparator has no JSON
                    """);
        }
    }

    @Test
    void functionsOfAProgramRun(io.minimalcluster.system.harness.Cluster services) throws IOException {
        try (ClientProgram program = new ClientProgram(services.master())) {
            program.compile("Words.java", "words", "");
            program.compile("Functions.java", "classes", program.path("words").toString());
            Files.writeString(program.path("classes/com/acme/greeting.txt"), "Hello\n");
            String classPath = program.path("classes")
                    + File.pathSeparator
                    + program.path("words")
                    + File.pathSeparator
                    + ClientProgram.CLIENT;

            String output = program.run(classPath, "com.acme.Functions");

            assertThat(output).isEqualTo("""
                    static: [1, 4, 9]
                    lambda: [2, 3]
                    captured: [9.0 MILE, 16.0 MILE]
                    record: [10]
                    own method: Optional[333283335000]
                    lambda over records: Optional[Point[x=21.0, y=3.0]]
                    records: [[Point[x=1.0, y=0.0], Point[x=2.0, y=0.0]]]
                    library: [Hello, Ada]
                    instance: [3.0]
                    constructor: [Scale[factor=5]]
                    platform: [3]
                    generic: [6]
                    refused: a lambda of Functions captures a java.util.List, which can't be sent: capture numbers, \
                    strings, enums, times, records of such values or arrays of them; put a collection into a record, \
                    which keeps the type of its elements
                    failed: 1 0 EXCEPTION java.lang.ArithmeticException
                    frame: com.acme.Functions.inverse(Functions.java:58)
                    cause: java.lang.ArithmeticException: / by zero at com.acme.Functions.inverse(Functions.java:58)
                    outcome 0: Succeeded
                    outcome 1: Failed
                    future: 81
                    completed: 332833500
                    sum: 14
                    mean: OptionalDouble[5.0]
                    of the platform: Optional[16]
                    instance method: Optional[Point[x=6.0, y=3.0]]
                    of another class: Optional[Hello, Ada, Hello, Alan]
                    over lists: Optional[[Point[x=1.0, y=0.0], Point[x=2.0, y=0.0]]]
                    of nothing: Optional.empty
                    failed task: 1 0 EXCEPTION
                    failed operator: were not reduced: reduce com.acme.Functions_Reduce.multiplyExact(long,long) \
                    failed: java.lang.ArithmeticException: long overflow
                    submit: 36
                    invokeAll: FAILED
                    invokeAll: SUCCESS 100
                    invokeAll: SUCCESS 50
                    invokeAll: SUCCESS 33
                    """);
            int environments = environments(services);
            assertThat(output).startsWith(program.run(classPath, "com.acme.Functions", "some"));
            assertThat(environments(services)).isEqualTo(environments);
        }
    }

    private static int environments(io.minimalcluster.system.harness.Cluster services) {
        return services.api()
                .get("/environments?limit=1000")
                .expect(200)
                .json()
                .path("items")
                .size();
    }

    @Test
    void manyValuesAreStreamedInOrder(io.minimalcluster.system.harness.Cluster services) {
        long count = 250_000;
        AtomicLong next = new AtomicLong();
        try (Cluster cluster = connect(services.master());
                Stream<Long> squares = function(cluster, "square").stream(
                        LongStream.range(0, count).boxed())) {
            squares.forEachOrdered(square -> {
                long x = next.getAndIncrement();
                if (square != x * x) {
                    throw new AssertionError(square + " is not the square of " + x);
                }
            });
        }
        assertThat(next).hasValue(count);
    }

    @Test
    void recordsAndGenericTypesAreRead(io.minimalcluster.system.harness.Cluster services) {
        try (Cluster cluster = connect(services.master())) {
            assertThat(cluster.load(SOURCE)
                            .function("pair", Long.class, Pair.class)
                            .map(List.of(1L, 2L)))
                    .containsExactly(new Pair(1, List.of(1L)), new Pair(2, List.of(4L)));
        }
    }

    @Test
    void valuesOfLoadedCodeAreReduced(io.minimalcluster.system.harness.Cluster services) {
        try (Cluster cluster = connect(services.master())) {
            RemoteFunction<Long, Long> square = function(cluster, "square");
            RemoteFunction<Integer, Integer> large =
                    cluster.load(SOURCE).function("large", Integer.class, Integer.class);

            long sum =
                    square.reduce(Reduction.sum(), LongStream.range(0, 100_000).boxed());

            assertThat(sum).isEqualTo(333_328_333_350_000L);
            assertThat(square.reduce(
                            Reduction.method("add"),
                            LongStream.range(0, 100_000).boxed()))
                    .contains(sum);
            assertThat(square.reduce(Reduction.mean(), List.of(1L, 2L))).hasValue(2.5);
            assertThat(square.reduce(Reduction.count(), List.of())).isZero();
            assertThat(square.reduce(Reduction.method("add"), List.of())).isEmpty();
            assertThat(large.reduce(Reduction.sum(Long.class), List.of(1, 2))).isEqualTo(4_000_000_000L);
            assertThatThrownBy(() -> large.reduce(Reduction.sum(), List.of(1, 2)))
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessageStartingWith("the sum 4000000000 does not fit java.lang.Integer");
            assertThatThrownBy(() -> square.reduce(Reduction.method("multiply"), List.of(1L)))
                    .asInstanceOf(throwable(ProblemException.class))
                    .satisfies(e -> assertThat(e.problem().slug()).isEqualTo("unknown-function"));
            assertThatThrownBy(() -> function(cluster, "hang")
                            .timeout(Duration.ofSeconds(1))
                            .reduce(Reduction.sum(), List.of(1L, 2L)))
                    .asInstanceOf(throwable(TaskFailedException.class))
                    .extracting(TaskFailedException::kind)
                    .isEqualTo(ErrorKind.DEADLINE);
        }
    }

    @Test
    void timeoutsFailTasks(io.minimalcluster.system.harness.Cluster services) {
        try (Cluster cluster = connect(services.master())) {
            assertThatThrownBy(() -> function(cluster, "hang")
                            .taskTimeout(Duration.ofMillis(300))
                            .call(1L))
                    .asInstanceOf(throwable(TaskFailedException.class))
                    .extracting(TaskFailedException::kind)
                    .isEqualTo(ErrorKind.TIMEOUT);
            assertThatThrownBy(() -> function(cluster, "hang")
                            .timeout(Duration.ofSeconds(1))
                            .map(List.of(1L, 2L)))
                    .asInstanceOf(throwable(TaskFailedException.class))
                    .extracting(TaskFailedException::kind)
                    .isEqualTo(ErrorKind.DEADLINE);
        }
    }

    @Test
    void newerClassesAreRefused(io.minimalcluster.system.harness.Cluster services, @TempDir Path folder)
            throws IOException {
        byte[] newer = {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, 70};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("Newer.class"));
            zip.write(newer);
            zip.closeEntry();
        }
        Path jar = Files.write(folder.resolve("newer.jar"), bytes.toByteArray());
        try (Cluster cluster = connect(services.master())) {
            assertThatThrownBy(() -> cluster.load(jar))
                    .asInstanceOf(throwable(ProblemException.class))
                    .satisfies(e -> assertThat(e.problem().slug()).isEqualTo("bad-file"))
                    .hasMessageContaining("Java 26");
        }
    }
}
