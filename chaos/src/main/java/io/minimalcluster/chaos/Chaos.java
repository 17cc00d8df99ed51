package io.minimalcluster.chaos;

import io.minimalcluster.client.local.Installation;
import io.minimalcluster.client.local.TemporaryFolder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;

/** The command {@code chaos}: exits with 0 if nothing was violated, and with 1 if something was. */
public final class Chaos {
    private Chaos() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(run(out, args));
    }

    private static int run(PrintStream out, String... args) throws Exception {
        Options options;
        try {
            options = Options.of(args);
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            return 2;
        }
        TemporaryFolder folder = new TemporaryFolder("minimalcluster-chaos-");
        out.println("seed " + options.seed() + "; " + options.length().toSeconds() + " s of faults, a lease of "
                + options.lease().toSeconds() + " s; history, logs and data in " + folder.path());
        long began = System.nanoTime();
        Outcome outcome = new ChaosRun(
                        Installation.current(),
                        folder.path(),
                        options,
                        news -> out.println("%4d s  %s"
                                .formatted(
                                        Duration.ofNanos(System.nanoTime() - began)
                                                .toSeconds(),
                                        news)))
                .run();
        out.println();
        out.print(outcome);
        if (outcome.verdict().isClean()) {
            folder.close();
            out.println("nothing was violated, with seed " + options.seed());
            return 0;
        }
        Files.writeString(folder.path().resolve("verdict.txt"), outcome.toString());
        out.println("violated with seed " + options.seed() + "; all is kept in " + folder.path());
        return 1;
    }
}
