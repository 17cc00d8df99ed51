package io.minimalcluster.system.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;

/**
 * Runs the training run of the launcher once for the packaged jars. It leaves class caches of the task runtime, master
 * and worker. Parallel test JVMs are serialised by the launcher's lock.
 */
public final class ClassCacheTraining {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private ClassCacheTraining() {}

    /**
     * Runs the training run and returns when it has ended. A failure is printed, and services then start without a
     * cache.
     */
    public static void once() {
        Once.begin();
    }

    /** Runs the training run unless single tests were selected, for which it takes longer than it saves. */
    static void onceForAll() {
        if (System.getProperty("it.test") == null) {
            once();
        }
    }

    /** Runs the training in its static initializer: once for each JVM, with other threads waiting. */
    private static final class Once {
        static {
            writeStampFiles();
            train();
        }

        static void begin() {}
    }

    /** Writes the stamp files of the launcher, because Maven has already built everything. */
    private static void writeStampFiles() {
        for (String mark : List.of("target/built", "client/target/built")) {
            Path file = Installation.HOME.resolve(mark);
            try {
                Files.createDirectories(file.getParent());
                if (!Files.exists(file)) {
                    Files.createFile(file);
                }
                Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void train() {
        List<String> command = List.of(
                "env",
                "JAVA_HOME=" + System.getProperty("java.home"), // a class cache matches one JDK only
                "sh",
                Installation.HOME.resolve("minimalcluster").toString(),
                "train");
        try (Folder folder = Folder.create("training");
                Program training = Program.start("train", command, folder.path("."))) {
            if (training.exitCode(TIMEOUT) != 0 || training.output().contains("no class caches")) {
                System.err.println("Services start without a cache; " + training.tail());
            }
        } catch (AssertionError timeout) {
            System.err.println("Services start without a cache; " + timeout.getMessage());
        }
    }
}
