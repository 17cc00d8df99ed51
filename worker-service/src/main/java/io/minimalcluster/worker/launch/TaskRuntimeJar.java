package io.minimalcluster.worker.launch;

import io.minimalcluster.worker.launch.sandbox.SandboxSlot;
import io.minimalcluster.worker.launch.sandbox.TaskRuntimeCache;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/** The program that children run, which comes inside this one and is put where they can read it. */
public final class TaskRuntimeJar {
    /** Its entry point. */
    public static final String MAIN = "io.minimalcluster.task.TaskRuntime";

    private static final String RESOURCE = "/task-runtime.jar";

    /** Names a file to use instead of the one inside, where there is none: when tests run from class files. */
    private static final String PROPERTY = "task-runtime.jar";

    /** The same for the same content wherever it is unpacked: a class cache is for a jar of one time and size. */
    private static final FileTime MODIFIED = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    private TaskRuntimeJar() {}

    /**
     * Puts it into the launcher's folder, under a name that says its content, if it is not there yet; its class cache
     * too, where there is one.
     */
    public static Path unpack(Launcher launcher) throws IOException {
        Path file = unpack(launcher.folder());
        TaskRuntimeCache.copyNextTo(file);
        return file;
    }

    static Path unpack(Path folder) throws IOException {
        byte[] jar = read();
        Path file = folder.resolve("task-runtime-" + digest(jar).substring(0, 16) + ".jar");
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), jar)) {
            Path written = Files.createTempFile(folder, "task-runtime", null);
            Files.write(written, jar);
            Files.setLastModifiedTime(written, MODIFIED);
            SandboxSlot.allow(written, "r--r--r--");
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    private static byte[] read() throws IOException {
        try (InputStream resource = TaskRuntimeJar.class.getResourceAsStream(RESOURCE)) {
            if (resource != null) {
                return resource.readAllBytes();
            }
        }
        String elsewhere = System.getProperty(PROPERTY);
        if (elsewhere == null) {
            throw new FileNotFoundException(
                    "there is no " + RESOURCE + " on the class path, and " + PROPERTY + " names no file");
        }
        return Files.readAllBytes(Path.of(elsewhere));
    }

    private static String digest(byte[] jar) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
