package io.minimalcluster.worker.launch;

import static io.minimalcluster.model.support.ByteSize.MEBIBYTE;

import io.minimalcluster.worker.launch.sandbox.FileTree;
import io.minimalcluster.worker.launch.sandbox.JdkHome;
import io.minimalcluster.worker.launch.sandbox.SandboxPaths;
import io.minimalcluster.worker.launch.sandbox.SystemTools;
import io.minimalcluster.worker.launch.sandbox.TaskRuntimeCache;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs the task runtime in a training run that writes a class cache. Argument: {@code <cache file>}. */
public final class TaskRuntimeTraining {
    private static final JvmLimits LIMITS = new JvmLimits(256 * MEBIBYTE, 128 * MEBIBYTE, 16 * MEBIBYTE, 16 * MEBIBYTE);

    private static final int NOT_RUN = -1;

    /** With profiles, both compilers of the JVM begin at its start, and most children end soon. */
    private static final List<String> NO_PROFILES = List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining");

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
        Optional<String> bwrap = SystemTools.ofSystem().find("bwrap");
        int exitCode = bwrap.isPresent()
                ? run(folder, asInSandbox(bwrap.get(), jar), command(folder, cache, SandboxPaths.BUBBLEWRAP.jar()))
                : NOT_RUN;
        if (exitCode != 0) { // bubblewrap may not work here
            exitCode = run(folder, List.of(), command(folder, cache, jar.toString()));
        }
        if (exitCode == 0) {
            TaskRuntimeCache.writeStamp(cache, jar);
        }
        return exitCode;
    }

    private static List<String> command(Path folder, Path cache, String jar) throws IOException {
        SandboxPaths paths = new SandboxPaths(jar, "", "", folder.toString(), "");
        List<String> command = new ArrayList<>(new JavaCommand(JdkHome.find())
                .run(new LaunchRequest(Path.of(jar), List.of("training"), LIMITS, false, false), paths));
        command.addAll(1, List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:aot*=off,cds*=off"));
        command.addAll(1, NO_PROFILES);
        return command;
    }

    /**
     * A prefix for commands that see the files of this machine and the jar at its path in a sandbox. A cache names the
     * path of its jar, and a JVM without a file there resolves the path again for each class.
     */
    private static List<String> asInSandbox(String bwrap, Path jar) throws IOException {
        List<String> words = new ArrayList<>(List.of(bwrap, "--tmpfs", "/"));
        try (DirectoryStream<Path> root = Files.newDirectoryStream(Path.of("/"))) {
            for (Path path : root) {
                words.addAll(
                        Files.isSymbolicLink(path)
                                ? List.of(
                                        "--symlink",
                                        Files.readSymbolicLink(path).toString(),
                                        path.toString())
                                : List.of("--dev-bind-try", path.toString(), path.toString()));
            }
        }
        words.addAll(List.of("--ro-bind", jar.toString(), SandboxPaths.BUBBLEWRAP.jar(), "--"));
        return words;
    }

    private static int run(Path folder, List<String> prefix, List<String> command)
            throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Stream.concat(prefix.stream(), command.stream()).toList())
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
    }
}
