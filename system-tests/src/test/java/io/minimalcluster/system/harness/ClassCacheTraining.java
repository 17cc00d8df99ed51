package io.minimalcluster.system.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;

/**
 * The launcher's training run: it leaves class caches of the task runtime, of a master and of a worker, once for these
 * jars. A test JVM that comes at the same time waits for the one that does it, by the launcher's own lock.
 */
public final class ClassCacheTraining {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private ClassCacheTraining() {}

    /** Comes back when services can start quickly; where that can't be reached it says so, and they start slowly. */
    public static void once() {
        Once.begin();
    }

    /** The same, unless tests were chosen: for a few starts it takes longer than it saves. */
    static void onceForAll() {
        if (System.getProperty("it.test") == null) {
            once();
        }
    }

    /** Its initializer runs once in a JVM, and who comes meanwhile waits for it. */
    private static final class Once {
        static {
            markAsBuilt();
            train();
        }

        static void begin() {}
    }

    /** Maven has built it all; the launcher is told so by the marks that it would leave itself. */
    private static void markAsBuilt() {
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
                "JAVA_HOME=" + System.getProperty("java.home"), // a cache is for one JDK
                "sh",
                Installation.HOME.resolve("minimalcluster").toString(),
                "train");
        try (Folder folder = Folder.create("training");
                Program training = Program.start("train", command, folder.path("."))) {
            if (training.exitCode(PATIENCE) != 0 || training.output().contains("no class caches")) {
                System.err.println("Services start without a cache; " + training.tail());
            }
        } catch (AssertionError late) {
            System.err.println("Services start without a cache; " + late.getMessage());
        }
    }
}
