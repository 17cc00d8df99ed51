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
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs the task runtime in training runs, each of which writes a class cache. Argument: the folder of the caches.
 * Without one of them, no cache is replaced.
 */
public final class TaskRuntimeTraining {
    private static final JvmLimits LIMITS = new JvmLimits(256 * MEBIBYTE, 128 * MEBIBYTE, 16 * MEBIBYTE, 16 * MEBIBYTE);

    private static final String UNFINISHED = "training";

    /**
     * With profiles, both compilers of the JVM begin at its start, and most children end soon. The last option has no
     * effect here: a JVM that does not know it leaves no cache, with which children would not start.
     */
    private static final List<String> OPTIONS =
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining", TaskRuntimeCache.FIXED_ADDRESS);

    private final Path folder;
    private final Path jar;

    private TaskRuntimeTraining(Path folder, Path jar) {
        this.folder = folder;
        this.jar = jar;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(train(Files.createDirectories(Path.of(arguments[0]).toAbsolutePath())) ? 0 : 1);
    }

    private static boolean train(Path caches) throws IOException, InterruptedException {
        deleteUnfinished(caches);
        Path folder = Files.createTempDirectory(caches, UNFINISHED);
        try {
            TaskRuntimeTraining training = new TaskRuntimeTraining(folder, TaskRuntimeJar.unpack(folder));
            for (String kind : TaskRuntimeCache.KINDS) {
                if (!training.record(kind)) {
                    return false;
                }
            }
            for (String kind : TaskRuntimeCache.KINDS) {
                training.keep(kind, caches);
            }
            return true;
        } finally {
            FileTree.delete(folder);
        }
    }

    /** Deletes the folders of training runs that were killed. */
    private static void deleteUnfinished(Path caches) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(caches, UNFINISHED + "*")) {
            for (Path folder : folders) {
                FileTree.delete(folder);
            }
        }
    }

    /** Records a cache. The exit code of a JVM that could not write its cache may be 0. */
    private boolean record(String kind) throws IOException, InterruptedException {
        Path cache = TaskRuntimeCache.in(folder, kind);
        Optional<String> bwrap = SystemTools.ofSystem().find("bwrap");
        if (bwrap.isPresent()
                && run(asInSandbox(bwrap.get()), command(kind, SandboxPaths.BUBBLEWRAP.jar())) == 0
                && Files.exists(cache)) {
            return true;
        }
        return run(List.of(), command(kind, jar.toString())) == 0
                && Files.exists(cache); // bubblewrap may not work here
    }

    private void keep(String kind, Path caches) throws IOException {
        Path cache = TaskRuntimeCache.in(caches, kind);
        Path recorded = TaskRuntimeCache.in(folder, kind);
        TaskRuntimeCache.writeStamp(cache, recorded, jar);
        Files.move(recorded, cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private List<String> command(String kind, String jarOfChild) throws IOException {
        SandboxPaths paths = new SandboxPaths(jarOfChild, "", "", folder.toString(), "");
        List<String> arguments = List.of("training", kind, folder.toString());
        List<String> command = new ArrayList<>(
                new JavaCommand(JdkHome.find()).run(new LaunchRequest(jar, arguments, LIMITS, false, false), paths));
        command.addAll(
                1, List.of("-XX:AOTCacheOutput=" + TaskRuntimeCache.in(folder, kind), "-Xlog:aot*=off,cds*=off"));
        command.addAll(1, OPTIONS);
        return command;
    }

    /**
     * A prefix for commands that see the files of this machine and the jar at its path in a sandbox. A cache names the
     * path of its jar, and a JVM without a file there resolves the path again for each class.
     */
    private List<String> asInSandbox(String bwrap) throws IOException {
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

    private int run(List<String> prefix, List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Stream.concat(prefix.stream(), command.stream()).toList())
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
    }
}
