package io.minimalcluster.chaos;

import io.minimalcluster.client.local.Installation;
import io.minimalcluster.client.local.TemporaryFolder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The command {@code chaos}: exits with 0 if nothing was violated, and with 1 if something was. */
public final class Chaos {
    private final PrintStream out;
    private final ChaosOptions options;
    private final TemporaryFolder folder;
    private final ReportingRun run;
    private final AtomicBoolean over = new AtomicBoolean(); // whether somebody has the last word
    private final long began = System.nanoTime();

    private Chaos(PrintStream out, ChaosOptions options, TemporaryFolder folder) {
        this.out = out;
        this.options = options;
        this.folder = folder;
        Consumer<String> news = this::tell;
        this.run = options.recoveries() > 0
                ? new RecoveryRun(Installation.current(), folder.path(), options, news)
                : new ChaosRun(Installation.current(), folder.path(), options, news);
    }

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(run(out, args));
    }

    private static int run(PrintStream out, String... args) throws Exception {
        try {
            ChaosOptions options = ChaosOptions.of(args);
            return new Chaos(out, options, new TemporaryFolder("minimalcluster-chaos-")).run();
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            return 2;
        }
    }

    private int run() throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(this::wasToldToEnd, "told-to-end"));
        out.println(
                options.recoveries() > 0
                        ? "each part is killed %d times; a lease of %d s; logs and data in %s"
                                .formatted(options.recoveries(), options.lease().toSeconds(), folder.path())
                        : "seed %d; %d s of faults, a lease of %d s; history, logs and data in %s"
                                .formatted(
                                        options.seed(),
                                        options.length().toSeconds(),
                                        options.lease().toSeconds(),
                                        folder.path()));
        try {
            ReportingRun.Report report = run.whole();
            return over.compareAndSet(false, true) ? conclude(report) : 1;
        } catch (RuntimeException e) {
            if (over.compareAndSet(false, true)) {
                run.end();
                out.println("all is kept in " + folder.path());
                throw e;
            }
            return 1; // it was told to end, and fails for that
        }
    }

    /** By a signal: what was started ends with this process, and what was seen is told. */
    private void wasToldToEnd() {
        if (over.compareAndSet(false, true)) {
            ReportingRun.Report report = run.end();
            out.println();
            out.println("told to end; what could be seen until then:");
            conclude(report);
        }
    }

    private int conclude(ReportingRun.Report report) {
        out.println();
        out.print(report.text());
        if (report.isClean()) {
            folder.close();
            if (options.recoveries() == 0) { // which judges, where the other only measures
                out.println("nothing was violated with seed " + options.seed());
            }
            return 0;
        }
        try {
            Files.writeString(folder.path().resolve("verdict.txt"), report.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println("violated with seed " + options.seed() + "; all is kept in " + folder.path());
        return 1;
    }

    private void tell(String news) {
        if (!over.get()) {
            long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
            out.println("%4d s  %s".formatted(seconds, news));
        }
    }
}
