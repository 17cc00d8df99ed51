package io.minimalcluster.task.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.task.ForkedRuntime;
import io.minimalcluster.task.FrameConversation.Outcomes;
import io.minimalcluster.task.compile.TestBundles;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.task.frame.OutcomePart;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class ExecutorProcessIT {
    @TempDir
    Path folder;

    private ForkedRuntime executor(String source, String method, String... options) throws IOException {
        ForkedRuntime executor = ForkedRuntime.executor(folder, options);
        assertThat(executor.talk.load(TestBundles.write(folder, source), method).kind())
                .isEqualTo(FrameKind.LOADED);
        return executor;
    }

    @Test
    void runsTasks() throws Exception {
        try (ForkedRuntime executor =
                executor("record P(int x) {} P f(List<P> p) { return p.getLast(); }", "f(java.util.List)")) {
            assertThat(executor.talk.run("[{\"x\":1},{\"x\":2}]", "[]").values())
                    .containsExactly("{\"x\":2}", null);
        }
    }

    @Test
    void endOfStreamEndsTheProcess() throws Exception {
        try (ForkedRuntime executor = executor("int f(int x) { return x; }", "f(int)")) {
            executor.endOfStream();
            assertThat(executor.exitCode()).isZero();
        }
    }

    @Test
    void endOfStreamEndsTheProcessWithRunningTasksAndLoopingShutdownHooks() throws Exception {
        String source = """
                int f(int x) {
                    if (x == 0) { return 0; }
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) {} }));
                    new Thread(() -> { while (true) {} }).start();
                    while (true) {}
                }
                """;
        try (ForkedRuntime executor = executor(source, "f(int)")) {
            executor.talk.startRun("0", "1");
            assertThat(executor.talk.part().values()).containsExactly("0");
            executor.endOfStream();
            assertThat(executor.exitCode()).isZero();
        }
    }

    @Test
    void exitByUserCodeSendsFinishedOutcomes() throws Exception {
        try (ForkedRuntime executor = executor("int f(int x) { if (x == 3) System.exit(0); return x; }", "f(int)")) {
            executor.talk.startRun("1", "2", "3", "4");
            Outcomes outcomes = executor.talk.outcomes();

            assertThat(outcomes.isDone()).isFalse();
            assertThat(outcomes.values()).containsExactly("1", "2");
            assertThat(executor.exitCode()).isZero();
        }
    }

    @Test
    void haltByUserCodeEndsTheProcess() throws Exception {
        try (ForkedRuntime executor = executor("int f(int x) { Runtime.getRuntime().halt(7); return x; }", "f(int)")) {
            executor.talk.startRun("1");
            assertThat(executor.talk.outcomes().isDone()).isFalse();
            assertThat(executor.exitCode()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"System.exit(3);", "while (true) {}", "new java.util.concurrent.CountDownLatch(1).await();"})
    void exitThatDoesNotCompleteHaltsTheProcess(String hook) throws Exception {
        String source = """
                interface Hook { void run() throws Exception; }
                int f(int x) {
                    if (x == 0) { return 0; }
                    Hook hook = () -> { %s };
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> { try { hook.run(); } catch (Exception e) {} }));
                    new Thread(() -> { while (true) {} }).start();
                    System.exit(0);
                    return x;
                }
                """.formatted(hook);
        try (ForkedRuntime executor = executor(source, "f(int)")) {
            executor.talk.startRun("0", "1");
            assertThat(executor.talk.outcomes().values()).containsExactly("0");
            assertThat(executor.exitCode()).isEqualTo(5);
        }
    }

    @Test
    void exitWaitsForShortShutdownHooks() throws Exception {
        String source = """
                int f(String file) throws Exception {
                    Path done = Path.of(file);
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                        try { Thread.sleep(100); Files.writeString(done, "done"); } catch (Exception e) {}
                    }));
                    System.exit(9);
                    return 0;
                }
                """;
        Path done = folder.resolve("done");
        try (ForkedRuntime executor = executor("import java.nio.file.*;\n" + source, "f(String)")) {
            executor.talk.startRun("\"" + done + "\"");
            assertThat(executor.exitCode()).isEqualTo(9);
            assertThat(done).hasContent("done");
        }
    }

    @Test
    void threadsOfTheCommonPoolHaveTheContextClassLoaderOfUserCode() throws Exception {
        String source = """
                import java.util.concurrent.*;
                boolean isOurs() { return Thread.currentThread().getContextClassLoader() == getClass().getClassLoader(); }
                boolean f(int x) throws Exception {
                    if (x == 1) {
                        ForkJoinPool.commonPool().submit(() -> Thread.currentThread().setContextClassLoader(null)).get();
                        return true;
                    }
                    return CompletableFuture.supplyAsync(this::isOurs).get()
                            && ForkJoinPool.commonPool().submit(() -> isOurs()).get()
                            && IntStream.range(0, 1000).parallel().allMatch(i -> isOurs())
                            && CompletableFuture.supplyAsync(this::isOurs,
                                    CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS)).get();
                }
                """;
        try (ForkedRuntime executor = executor("import java.util.stream.*;\n" + source, "f(int)")) {
            assertThat(executor.talk.run("0", "1", "2").values()).containsExactly("true", "true", "true");
        }
    }

    @Test
    void systemClassLoaderIsThatOfUserCode() throws Exception {
        String source = """
                import java.nio.file.*;
                import java.util.concurrent.*;
                ClassLoader own() { return getClass().getClassLoader(); }
                boolean f(int x) throws Exception {
                    try (var pool = new ForkJoinPool(1)) {
                        return switch (x) {
                            case 0 -> ClassLoader.getSystemClassLoader() == own();
                            case 1 -> pool.submit(() -> Thread.currentThread().getContextClassLoader() == own()).get();
                            case 2 -> ClassLoader.getSystemResource("io/minimalcluster/task/TaskRuntime.class") == null;
                            case 3 -> Class.forName(getClass().getName(), false, ClassLoader.getSystemClassLoader()) == getClass();
                            case 4 -> String.class.getDeclaredField("value").trySetAccessible();
                            default -> Files.isSameFile(Path.of(System.getProperty("java.class.path")),
                                    Path.of(getClass().getProtectionDomain().getCodeSource().getLocation().toURI()));
                        };
                    }
                }
                """;
        try (ForkedRuntime executor = executor(source, "f(int)")) {
            assertThat(executor.talk.run("0", "1", "2", "3", "4", "5").values())
                    .containsExactly("true", "true", "true", "true", "true", "true");
        }
    }

    @Test
    void toolsOfTheJdkAreFound() throws Exception {
        String source = """
                boolean f(int x) {
                    return x == 0
                            ? javax.tools.ToolProvider.getSystemJavaCompiler() != null
                            : java.util.spi.ToolProvider.findFirst("jar").isPresent();
                }
                """;
        try (ForkedRuntime executor = executor(source, "f(int)")) {
            assertThat(executor.talk.run("0", "1").values()).containsExactly("true", "true");
        }
    }

    @Test
    void resolverOfTheLocalHostIsFound() throws Exception {
        String source = """
                import java.net.*;
                String f(int x) throws Exception {
                    InetAddress.getLocalHost();
                    return ServiceLoader.load(java.net.spi.InetAddressResolverProvider.class).findFirst().get().name();
                }
                """;
        try (ForkedRuntime executor = executor(source, "f(int)")) {
            assertThat(executor.talk.run("0").values()).containsExactly("\"local-host\"");
        }
    }

    @Test
    void excessiveOutputIsTruncatedAndDoesNotCorruptFrames() throws Exception {
        String source = """
                int f(int x) {
                    for (int i = 0; i < 200_000; i++) { System.out.println("line " + i + " of " + x); System.err.print('e'); }
                    return x;
                }
                """;
        try (ForkedRuntime executor = executor(source, "f(int)")) {
            Outcomes outcomes = executor.talk.run("1", "2");

            assertThat(outcomes.values()).containsExactly("1", "2");
            assertThat(outcomes.output(1))
                    .startsWith("line 0 of 2\neline 1 of 2")
                    .hasSizeLessThanOrEqualTo(100);
            assertThat(outcomes.parts().stream().flatMap(part -> part.output().stream()))
                    .hasSize(2)
                    .allMatch(OutcomePart.PositionOutput::truncated);
        }
    }

    @Test
    void outputOfAThreadThatOutlivesItsTaskDoesNotCorruptFrames() throws Exception {
        String source = """
                int f(int x) {
                    if (x == 0) {
                        Thread t = new Thread(() -> { while (true) System.out.println("still here"); });
                        t.setDaemon(true);
                        t.start();
                    }
                    return x;
                }
                """;
        try (ForkedRuntime executor = executor(source, "f(int)")) {
            assertThat(executor.talk.range(50_000, 0, 1).values()).hasSize(50_000);
            assertThat(executor.talk.range(10, 1, 1).values()).hasSize(10);
        }
    }

    @Test
    void standardInputOfUserCodeIsEmpty() throws Exception {
        try (ForkedRuntime executor =
                executor("int f(int x) throws Exception { return System.in.read(); }", "f(int)")) {
            assertThat(executor.talk.run("1").values()).containsExactly("-1");
        }
    }

    @Test
    void outOfMemoryEndsTheProcessAfterSendingOutcomes() throws Exception {
        String source = """
                static List<byte[]> kept = new ArrayList<>();
                int f(int x) { while (x == 2) kept.add(new byte[1 << 20]); return x; }
                """;
        try (ForkedRuntime executor = executor(source, "f(int)", "-Xmx64m")) {
            executor.talk.startRun("1", "2");
            Outcomes outcomes = executor.talk.outcomes();

            assertThat(outcomes.value(0)).isEqualTo("1");
            // a full heap may leave no room to send the error; then the exit code alone reports it
            assertThat(outcomes.errors().values())
                    .allSatisfy(error -> assertThat(error.kind()).isEqualTo(ErrorKind.OUT_OF_MEMORY));
            assertThat(executor.exitCode()).isEqualTo(3);
        }
    }

    @Test
    void exitOnOutOfMemoryErrorEndsTheProcess() throws Exception {
        String source = "int f(int x) { return new long[Integer.MAX_VALUE - 8].length; }";
        try (ForkedRuntime executor =
                executor(source, "f(int)", "-Xmx64m", "-XX:+ExitOnOutOfMemoryError", "-XX:+DisplayVMOutputToStderr")) {
            executor.talk.startRun("1");
            assertThat(executor.talk.outcomes().isDone()).isFalse();
            assertThat(executor.exitCode()).isEqualTo(3);
        }
    }

    @Test
    void invalidFrameEndsTheProcess() throws Exception {
        try (ForkedRuntime executor = ForkedRuntime.executor(folder)) {
            executor.talk.send(FrameKind.DONE, null, "");
            assertThat(executor.exitCode()).isEqualTo(2);
        }
    }
}
