package io.minimalcluster.worker.launch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.worker.launch.sandbox.SandboxPaths;
import io.minimalcluster.worker.launch.sandbox.TaskRuntimeCache;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The class caches of the training runs. */
@Timeout(120)
class TaskRuntimeTrainingTest {
    private static final JvmLimits LIMITS = new JvmLimits(
            64 * TestChildProcess.MEBIBYTE,
            64 * TestChildProcess.MEBIBYTE,
            16 * TestChildProcess.MEBIBYTE,
            1024 * 1024);

    /** With this option a JVM does not start without a cache. */
    private static final List<String> NEEDS_CACHE = List.of("-XX:AOTMode=on");

    @ParameterizedTest
    @MethodSource("io.minimalcluster.worker.launch.SupportedIsolationLevels#all")
    void executorStartsFromTheCache(Isolation level) throws Exception {
        Launcher launcher = SharedLaunchers.with(SupportedIsolationLevels.only(level));
        Path jar = TaskRuntimeFixture.unpack(launcher);
        ForkedJvm executor =
                launcher.launch(new LaunchRequest(jar, List.of("executor"), LIMITS, true, false, NEEDS_CACHE));
        try {
            assertThat(TaskRuntimeCache.beside(jar, "executor")).exists();
            assertThat(executor.receive(TestChildProcess.SOON).orElseThrow().kind())
                    .isEqualTo(FrameKind.READY);
        } catch (JvmEndedException ended) {
            throw new AssertionError(executor.end().describe(), ended);
        } finally {
            executor.end();
        }
    }

    @Test
    void compilerStartsFromACacheOfItsOwn() throws Exception {
        Launcher launcher = SharedLaunchers.with(SupportedIsolationLevels.only(Isolation.PROCESS));
        Path jar = TaskRuntimeFixture.unpack(launcher);
        ForkedJvm compiler =
                launcher.launch(new LaunchRequest(jar, List.of("compiler"), LIMITS, false, false, NEEDS_CACHE));
        try {
            assertThat(TaskRuntimeCache.beside(jar, "compiler")).exists();
            assertThat(compiler.receive(TestChildProcess.SOON).orElseThrow().kind())
                    .isEqualTo(FrameKind.READY);
        } finally {
            compiler.end();
        }
    }

    @Test
    void failedTrainingRunLeavesNothing(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("task-runtime.jar"), "no jar");
        String classPath = folder + File.pathSeparator + System.getProperty("java.class.path");
        Path caches = Files.createDirectories(folder.resolve("caches"));
        Files.createDirectories(caches.resolve("training-killed"));

        int exitCode = TaskRuntimeFixture.train(classPath, caches, folder.resolve("log"));

        assertThat(exitCode).isEqualTo(1);
        assertThat(caches).isEmptyDirectory();
    }

    /** A JVM whose cache names a missing jar resolves its path again for each class. */
    @Test
    void cacheNamesTheJarOfASandboxWhereThereAreSandboxes() throws Exception {
        Launcher launcher = SharedLaunchers.with(SupportedIsolationLevels.only(Isolation.PROCESS));
        Path jar = TaskRuntimeFixture.unpack(launcher);

        String cache = Files.readString(TaskRuntimeCache.beside(jar, "executor"), ISO_8859_1);

        assertThat(cache.contains(SandboxPaths.BUBBLEWRAP.jar() + "\0"))
                .isEqualTo(SupportedIsolationLevels.isSupported(Isolation.BUBBLEWRAP));
    }
}
