package io.minimalcluster.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.task.compile.TestBundles;
import io.minimalcluster.task.frame.FrameKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The classes that an executor loads until its first values. They are most of the CPU time of its start. */
@Timeout(180)
class ClassCacheIT {
    @TempDir
    Path folder;

    @Test
    void firstBatchOfNumbersLoadsClassesFromTheCacheAlone() throws Exception {
        train("compiler");
        Path cache = train("executor");

        List<String> loaded = logOfFirstBatch("class+load", "-XX:AOTCache=" + cache);

        assertThat(loaded)
                .filteredOn(line -> line.contains("shared objects file"))
                .hasSizeGreaterThan(1000);
        assertThat(loaded)
                .filteredOn(line -> line.contains("source: file:") && line.contains("task-runtime"))
                .isEmpty();
        assertThat(loaded)
                .as("the JVM loads all classes of its cache")
                .noneMatch(line -> line.contains(" com.sun.tools.javac."));
        assertThat(loaded)
                .as(
                        "generated classes that the cache does not hold: three of the mapped file, the rest of method handles")
                .filteredOn(line -> line.contains("/0x") && !line.contains("shared objects file"))
                .hasSizeLessThan(18);
    }

    /**
     * Its initialization computes powers of five, which takes longer than the start of a JVM. Jackson's parser needs
     * it.
     */
    @Test
    void firstBatchOfNumbersDoesNotInitializeBigDecimal() throws Exception {
        List<String> initialized = logOfFirstBatch("class+init");

        assertThat(initialized).hasSizeGreaterThan(100);
        assertThat(initialized)
                .filteredOn(line -> line.contains("Initializing 'java/math/BigDecimal'"))
                .isEmpty();
    }

    private List<String> logOfFirstBatch(String tags, String... options) throws Exception {
        Path log = folder.resolve("classes.log");
        Path bundle = TestBundles.write(folder, "long f(long x) { return x; }");
        try (ForkedRuntime executor = ForkedRuntime.executor(
                folder,
                Stream.concat(Stream.of(options), Stream.of("-Xlog:" + tags + ":file=" + log, "-XX:+UseSerialGC"))
                        .toArray(String[]::new))) {
            assertThat(executor.talk.load(bundle, "f(long)").kind()).isEqualTo(FrameKind.LOADED);
            assertThat(executor.talk.run("1", "2").values()).containsExactly("1", "2");
            executor.endOfStream();
            assertThat(executor.exitCode()).isZero();
        }
        return Files.readAllLines(log);
    }

    private Path train(String kind) throws Exception {
        Path cache = folder.resolve(kind + ".aot");
        Process training = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:AOTCacheOutput=" + cache,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + folder,
                        "-jar",
                        Objects.requireNonNull(System.getProperty("task-runtime.jar")),
                        "training",
                        kind,
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("training.log").toFile())
                .start();
        assertThat(training.waitFor()).isZero();
        return cache;
    }
}
