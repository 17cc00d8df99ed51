package io.minimalcluster.worker.launch;

import io.minimalcluster.worker.launch.sandbox.FileTree;
import io.minimalcluster.worker.launch.sandbox.JdkHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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

    private static void delete(Path folder) {
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void train() {
        Path caches = Path.of(
                        "target", "class-caches-" + ProcessHandle.current().pid())
                .toAbsolutePath();
        try {
            train(System.getProperty("java.class.path"), caches);
            System.setProperty("task-runtime.caches", caches.toString());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(caches)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the training runs with a class path. Returns the exit code. */
    static int train(String classPath, Path caches) throws IOException, InterruptedException {
        List<String> command = List.of(
                JdkHome.find().java(),
                "-Dtask-runtime.jar=" + System.getProperty("task-runtime.jar"),
                "-cp",
                classPath,
                TaskRuntimeTraining.class.getName(),
                caches.toString());
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
