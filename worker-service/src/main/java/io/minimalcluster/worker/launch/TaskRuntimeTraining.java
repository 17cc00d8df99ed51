package io.minimalcluster.worker.launch;

import static io.minimalcluster.model.support.ByteSize.MEBIBYTE;

import io.minimalcluster.worker.launch.sandbox.FileTree;
import io.minimalcluster.worker.launch.sandbox.JdkHome;
import io.minimalcluster.worker.launch.sandbox.SandboxPaths;
import io.minimalcluster.worker.launch.sandbox.TaskRuntimeCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the task runtime in a training run that writes a class cache. Argument: {@code <cache file>}. */
public final class TaskRuntimeTraining {
    private static final JvmLimits LIMITS = new JvmLimits(256 * MEBIBYTE, 128 * MEBIBYTE, 16 * MEBIBYTE, 16 * MEBIBYTE);

    private TaskRuntimeTraining() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path cache = Path.of(arguments[0]).toAbsolutePath();
        Path folder = Files.createTempDirectory(cache.getParent(), "training");
        int exitCode;
        try {
            exitCode = train(folder, cache);
        } finally {
            FileTree.delete(folder);
        }
        System.exit(exitCode);
    }

    private static int train(Path folder, Path cache) throws IOException, InterruptedException {
        Path jar = TaskRuntimeJar.unpack(folder);
        SandboxPaths paths = new SandboxPaths(jar.toString(), "", "", folder.toString(), "");
        List<String> command = new ArrayList<>(new JavaCommand(JdkHome.find())
                .run(new LaunchRequest(jar, List.of("training"), LIMITS, false, false), paths));
        command.addAll(1, List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:aot*=off,cds*=off"));
        int exitCode = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
        if (exitCode == 0) {
            TaskRuntimeCache.writeStamp(cache, jar);
        }
        return exitCode;
    }
}
