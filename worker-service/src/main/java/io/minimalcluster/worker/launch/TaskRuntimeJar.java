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
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32;

/** The program of child processes, which is packaged inside this one and unpacked where they can read it. */
public final class TaskRuntimeJar {
    private static final String RESOURCE = "/task-runtime.jar";

    /** The system property with the jar to use if none is packaged, as in tests that run from class files. */
    private static final String PROPERTY = "task-runtime.jar";

    /** A fixed modification time, because a class cache is valid for one time and size of its jar. */
    private static final FileTime MODIFIED = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    private TaskRuntimeJar() {}

    /**
     * Unpacks the program into the launcher's folder under a name with its digest, unless it exists. Copies its class
     * cache too, if there is one.
     */
    public static Path unpack(Launcher launcher) throws IOException {
        Path file = unpack(launcher.folder());
        TaskRuntimeCache.copyNextTo(file);
        return file;
    }

    static Path unpack(Path folder) throws IOException {
        byte[] jar = read();
        Path file = folder.resolve("task-runtime-%08x-%d.jar".formatted(checksum(jar), jar.length));
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
        String named = System.getProperty(PROPERTY);
        if (named == null) {
            throw new FileNotFoundException(
                    "there is no " + RESOURCE + " on the class path, and " + PROPERTY + " names no file");
        }
        return Files.readAllBytes(Path.of(named));
    }

    /**
     * Tells one content from another where the file is compared anyway. A cryptographic digest would take a tenth of
     * the start of a worker, for it runs in the interpreter.
     */
    private static long checksum(byte[] jar) {
        CRC32 checksum = new CRC32();
        checksum.update(jar);
        return checksum.getValue();
    }
}
