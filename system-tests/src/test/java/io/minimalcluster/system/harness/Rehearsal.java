package io.minimalcluster.system.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;

/**
 * What the launcher does after a build: it has a master and a worker leave behind a cache of their classes, once for
 * these jars. A test JVM that comes at the same time waits for the one that does it, by the launcher's own lock.
 */
public final class Rehearsal {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private Rehearsal() {}

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
            rehearse();
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

    private static void rehearse() {
        List<String> command = List.of(
                "env",
                "JAVA_HOME=" + System.getProperty("java.home"), // a cache is for one JDK
                "sh",
                Installation.HOME.resolve("minimalcluster").toString(),
                "build");
        try (Folder folder = Folder.create("rehearsal");
                Program build = Program.start("build", command, folder.path("."))) {
            if (build.exitCode(PATIENCE) != 0 || build.output().contains("failed")) {
                System.err.println("Services start without a cache; " + build.tail());
            }
        } catch (AssertionError late) {
            System.err.println("Services start without a cache; " + late.getMessage());
        }
    }
}
