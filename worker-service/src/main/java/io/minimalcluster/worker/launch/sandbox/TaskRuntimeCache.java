package io.minimalcluster.worker.launch.sandbox;

import io.minimalcluster.task.TaskRuntime;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The class caches of the task runtime, one for each kind of process, with which a forked JVM starts in less than half
 * the CPU time. A system property names the folder to which the training runs write them. Caches are optional. The JVM
 * ignores one that does not match the JDK, but it does not compare the jar where its path differs from that of the
 * training run: it would run classes of an earlier build. So a stamp file names the jar of a cache.
 */
public final class TaskRuntimeCache {
    private static final Logger log = LoggerFactory.getLogger(TaskRuntimeCache.class);
    private static final String PROPERTY = "task-runtime.caches";

    /** The kinds of processes: the first argument of the task runtime. A compiler is trained first. */
    public static final List<String> KINDS = List.of(TaskRuntime.COMPILER, TaskRuntime.EXECUTOR);

    /** The JVM option that maps a cache at its preferred address. */
    public static final String FIXED_ADDRESS = "-XX:ArchiveRelocationMode=0";

    /** The time after which the cache of another jar is deleted. */
    private static final Duration KEPT = Duration.ofDays(30);

    private TaskRuntimeCache() {}

    /** The file of a cache in a folder of caches. */
    public static Path in(Path folder, String kind) {
        return folder.resolve(kind + ".aot");
    }

    /** The path of a jar's cache: beside the jar, so that every child can read it. */
    public static Path beside(Path jar, String kind) {
        return jar.resolveSibling(jar.getFileName() + "-" + kind + "-"
                + Runtime.version().toString().replace('+', '-') + ".aot");
    }

    /**
     * The JVM options that use a cache. A cache at its preferred address needs no relocation, so processes share its
     * pages. The addresses of classes are then no secret (docs/decisions/0023).
     */
    public static List<String> options(String cache) {
        return List.of(
                "-XX:AOTCache=" + cache, "-Xlog:aot*=off,cds*=off", "-XX:+UnlockDiagnosticVMOptions", FIXED_ADDRESS);
    }

    /** Copies the caches of the system property beside the jar, and deletes those of other jars that are old. */
    public static void copyNextTo(Path jar) {
        String named = System.getProperty(PROPERTY);
        if (named == null) {
            return;
        }
        for (String kind : KINDS) {
            Path cache = in(Path.of(named), kind);
            try {
                copyNextTo(jar, kind, cache);
            } catch (IOException unusable) {
                log.warn("event=class-cache.unusable file={} reason=\"{}\"", cache, unusable.getMessage());
            }
        }
        try {
            deleteOld(jar);
        } catch (IOException | DirectoryIteratorException failed) {
            log.warn("event=class-cache.not-deleted reason=\"{}\"", failed.getMessage());
        }
    }

    /** Deletes caches of other jars that were recorded long ago. A process that still uses such a jar starts slower. */
    static void deleteOld(Path jar) throws IOException {
        Instant oldest = Instant.now().minus(KEPT);
        try (DirectoryStream<Path> caches = Files.newDirectoryStream(jar.resolveSibling("."), "task-runtime-*.aot")) {
            for (Path cache : caches) {
                boolean isOfJar = cache.getFileName().toString().startsWith(jar.getFileName() + "-");
                if (!isOfJar && Files.getLastModifiedTime(cache).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(cache);
                }
            }
        }
    }

    static void copyNextTo(Path jar, String kind, Path source) throws IOException {
        Path target = beside(jar, kind);
        if (!Files.exists(source) || isCopy(target, source)) {
            return;
        }
        if (isOf(source, jar)) {
            copy(source, target);
        } else {
            Files.deleteIfExists(target);
        }
    }

    /**
     * Records for which jar a cache was made.
     *
     * @param recorded the cache before it is moved to its place
     */
    public static void writeStamp(Path cache, Path recorded, Path jar) throws IOException {
        Files.writeString(stamp(cache), stampOf(recorded, jar));
    }

    private static boolean isOf(Path cache, Path jar) throws IOException {
        return Files.exists(stamp(cache)) && Files.readString(stamp(cache)).equals(stampOf(cache, jar));
    }

    /** The name of the jar has its digest. The cache may have been moved. */
    private static String stampOf(Path cache, Path jar) throws IOException {
        return jar.getFileName() + " " + Files.size(cache) + " " + Files.getLastModifiedTime(cache);
    }

    private static Path stamp(Path cache) {
        return cache.resolveSibling(cache.getFileName() + ".jar");
    }

    private static boolean isCopy(Path target, Path source) throws IOException {
        return Files.exists(target)
                && Files.size(target) == Files.size(source)
                && Files.getLastModifiedTime(target).equals(Files.getLastModifiedTime(source));
    }

    private static void copy(Path source, Path target) throws IOException {
        Path written = Files.createTempFile(target.getParent(), "task-runtime", null);
        try {
            Files.copy(source, written, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            SandboxSlot.allow(written, "r--r--r--");
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
