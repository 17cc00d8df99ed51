package io.minimalcluster.worker.launch;

import io.minimalcluster.worker.launch.sandbox.FileTree;
import io.minimalcluster.worker.launch.sandbox.JdkHome;
import io.minimalcluster.worker.launch.sandbox.TaskRuntimeCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The task runtime with class caches from training runs, so that executors start faster. */
public final class TaskRuntimeFixture {
    static {
        train();
    }

    private TaskRuntimeFixture() {}

    /** Unpacks the jar and its caches to the launcher's folder. */
    public static Path unpack(Launcher launcher) throws IOException {
        return TaskRuntimeJar.unpack(launcher);
    }

    /** Trains once for all JVMs of a test run. */
    private static void train() {
        Path caches = Path.of(System.getProperty(
                        "test.class-caches",
                        "target/class-caches-" + ProcessHandle.current().pid()))
                .toAbsolutePath();
        Path lock = caches.resolveSibling("class-caches.lock");
        Path log = caches.resolveSibling("class-caches.log");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            if (!isTrained(caches)) {
                deleteOfEarlierRuns(caches);
                train(System.getProperty("java.class.path"), caches, log);
                if (!isTrained(caches)) {
                    throw new IllegalStateException("the training run failed, see " + log);
                }
            }
            System.setProperty("task-runtime.caches", caches.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isTrained(Path caches) {
        return TaskRuntimeCache.KINDS.stream().allMatch(kind -> Files.exists(TaskRuntimeCache.in(caches, kind)));
    }

    private static void deleteOfEarlierRuns(Path caches) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(caches.getParent(), "class-caches-*")) {
            for (Path folder : folders) {
                FileTree.delete(folder);
            }
        }
    }

    /** Runs the training runs with a class path. Returns the exit code. */
    static int train(String classPath, Path caches, Path log) throws IOException, InterruptedException {
        List<String> command = List.of(
                JdkHome.find().java(),
                "-Dtask-runtime.jar=" + System.getProperty("task-runtime.jar"),
                "-cp",
                classPath,
                TaskRuntimeTraining.class.getName(),
                caches.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
    }
}
