package io.minimalcluster.worker.launch.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The class cache of the task runtime, with which a forked JVM starts in about half the CPU time. A system property
 * names the file that the training run writes. The cache is optional. The JVM ignores one that does not match the JDK,
 * but it does not compare the jar where its path differs from that of the training run: it would run classes of an
 * earlier build. So a stamp file names the jar of the cache.
 */
public final class TaskRuntimeCache {
    private static final Logger log = LoggerFactory.getLogger(TaskRuntimeCache.class);
    private static final String PROPERTY = "task-runtime.aot";

    private TaskRuntimeCache() {}

    /** The path of a jar's cache: beside the jar, so that every child can read it. */
    public static Path beside(Path jar) {
        return jar.resolveSibling(
                jar.getFileName() + "-" + Runtime.version().toString().replace('+', '-') + ".aot");
    }

    /** The JVM options that use a cache. */
    public static List<String> options(String cache) {
        return List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off,cds*=off");
    }

    /** Copies the cache of the system property beside the jar. */
    public static void copyNextTo(Path jar) {
        String named = System.getProperty(PROPERTY);
        if (named == null) {
            return;
        }
        try {
            copyNextTo(jar, Path.of(named));
        } catch (IOException unusable) {
            log.warn("event=class-cache.unusable file={} reason=\"{}\"", named, unusable.getMessage());
        }
    }

    static void copyNextTo(Path jar, Path source) throws IOException {
        Path target = beside(jar);
        if (!Files.exists(source) || isCopy(target, source)) {
            return;
        }
        if (isOf(source, jar)) {
            copy(source, target);
        } else {
            Files.deleteIfExists(target);
        }
    }

    /** Records for which jar a cache was made. */
    public static void writeStamp(Path cache, Path jar) throws IOException {
        Files.writeString(stamp(cache), stampOf(cache, jar));
    }

    private static boolean isOf(Path cache, Path jar) throws IOException {
        return Files.exists(stamp(cache)) && Files.readString(stamp(cache)).equals(stampOf(cache, jar));
    }

    /** The name of the jar has its digest. The cache may have been moved. */
    private static String stampOf(Path cache, Path jar) throws IOException {
        return jar.getFileName() + " " + Files.size(cache) + " " + Files.getLastModifiedTime(cache);
    }

    private static Path stamp(Path cache) {
        return cache.resolveSibling(cache.getFileName().toString().replaceFirst("\\.new$", "") + ".jar");
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
