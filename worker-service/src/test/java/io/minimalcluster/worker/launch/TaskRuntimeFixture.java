package io.minimalcluster.worker.launch;

import io.minimalcluster.worker.launch.sandbox.JdkHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The task runtime with a class cache from a training run, so that executors start twice as fast. */
public final class TaskRuntimeFixture {
    static {
        train();
    }

    private TaskRuntimeFixture() {}

    /** Unpacks the jar and the cache to the launcher's folder. */
    public static Path unpack(Launcher launcher) throws IOException {
        return TaskRuntimeJar.unpack(launcher);
    }

    private static void train() {
        Path cache = Path.of("target", "task-runtime-" + ProcessHandle.current().pid() + ".aot")
                .toAbsolutePath();
        try {
            List<String> command = List.of(
                    JdkHome.find().java(),
                    "-Dtask-runtime.jar=" + System.getProperty("task-runtime.jar"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    TaskRuntimeTraining.class.getName(),
                    cache.toString());
            new ProcessBuilder(command).inheritIO().start().waitFor();
            cache.toFile().deleteOnExit();
            if (Files.exists(cache)) {
                System.setProperty("task-runtime.aot", cache.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
