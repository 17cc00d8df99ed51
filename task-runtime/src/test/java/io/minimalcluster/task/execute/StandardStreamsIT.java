package io.minimalcluster.task.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.task.ForkedRuntime;
import io.minimalcluster.task.FrameConversation.Outcomes;
import io.minimalcluster.task.compile.TestBundles;
import io.minimalcluster.task.frame.FrameKind;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The standard streams and descriptors 0 to 2, as user code finds them. */
@Timeout(180)
class StandardStreamsIT {
    @TempDir
    Path folder;

    private ForkedRuntime executor(String source, String method) throws IOException {
        ForkedRuntime executor = ForkedRuntime.executor(folder);
        assertThat(executor.talk
                        .load(TestBundles.write(folder, "import java.io.*; import java.nio.file.*;\n" + source), method)
                        .kind())
                .isEqualTo(FrameKind.LOADED);
        return executor;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new FileOutputStream(FileDescriptor.out).write(text.getBytes());",
                "Files.writeString(Path.of(\"/dev/stdout\"), text);",
                "Files.writeString(Path.of(\"/proc/self/fd/1\"), text);",
                "new ProcessBuilder(\"echo\", \"-n\", text).inheritIO().start().waitFor();",
                "System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true)); System.out.print(text);",
                """
                var write = Linker.nativeLinker().downcallHandle(Linker.nativeLinker().defaultLookup().find("write").get(),
                        FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
                try (var arena = Arena.ofConfined()) {
                    long n = (long) write.invokeExact(1, arena.allocateFrom(text), (long) text.length());
                } catch (Throwable e) { throw new IllegalStateException(e); }
                """
            })
    void descriptorOneIsTheOutputOfTheTask(String statement) throws Exception {
        String source = """
                import java.lang.foreign.*;
                import static java.lang.foreign.ValueLayout.*;
                int f(int x) throws Exception { String text = "hello " + x; %s return x; }
                """.formatted(statement);
        try (ForkedRuntime executor = executor(source, "f(int)")) {
            Outcomes outcomes = executor.talk.run("1", "2", "3");

            assertThat(outcomes.values()).containsExactly("1", "2", "3");
            assertThat(outcomes.output(0)).isEqualTo("hello 1");
            assertThat(outcomes.output(1)).isEqualTo("hello 2");
            assertThat(outcomes.output(2)).isEqualTo("hello 3");
            assertThat(executor.talk.run("4").values()).containsExactly("4");
        }
    }

    @Test
    void descriptorZeroIsEmpty() throws Exception {
        String source = """
                int f(int x) throws Exception {
                    return switch (x) {
                        case 0 -> new FileInputStream(FileDescriptor.in).read();
                        case 1 -> System.in.read();
                        case 2 -> new FileInputStream("/dev/stdin").read();
                        case 3 -> new FileInputStream("/proc/self/fd/0").read();
                        case 4 -> new ProcessBuilder("cat").inheritIO().start().waitFor();
                        default -> x;
                    };
                }
                """;
        try (ForkedRuntime executor = executor(source, "f(int)")) {
            assertThat(executor.talk.run("0", "1", "2", "3", "4", "5").values())
                    .containsExactly("-1", "-1", "-1", "-1", "0", "5");
            assertThat(executor.talk.run("6").values()).containsExactly("6");
        }
    }

    @Test
    void excessiveOutputOfAChildProcessIsTruncated() throws Exception {
        String source = """
                int f(int x) throws Exception {
                    return new ProcessBuilder("head", "-c", "5000000", "/dev/zero").inheritIO().start().waitFor();
                }
                """;
        try (ForkedRuntime executor = executor(source, "f(int)")) {
            Outcomes outcomes = executor.talk.run("1", "2");

            assertThat(outcomes.values()).containsExactly("0", "0");
            assertThat(outcomes.output(1)).hasSize(100);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.setOut(null); System.setErr(null); System.setIn(null);",
                "System.out.close(); System.err.close(); System.in.close();",
                "System.setOut(new PrintStream(new ByteArrayOutputStream())); System.setErr(System.out);",
                "new Scanner(System.in).close(); try (var out = System.out) { out.print(\"\"); } System.setIn(new ByteArrayInputStream(new byte[1]));",
            })
    void streamsAreRestoredAfterATask(String statement) throws Exception {
        String source = """
                int f(int x) throws Exception {
                    System.out.print("out " + x);
                    System.err.print(" err " + x);
                    int read = System.in.read();
                    if (x == 1) { %s }
                    return read;
                }
                """.formatted(statement);
        try (ForkedRuntime executor = executor(source, "f(int)")) {
            Outcomes outcomes = executor.talk.run("0", "1", "2", "3");

            assertThat(outcomes.values()).containsExactly("-1", "-1", "-1", "-1");
            assertThat(outcomes.output(2)).isEqualTo("out 2 err 2");
            assertThat(outcomes.output(3)).isEqualTo("out 3 err 3");
        }
    }
}
