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

/** The command {@code chaos}. The exit code is 0 without violations, and 1 otherwise. */
public final class Chaos {
    private final PrintStream out;
    private final ChaosOptions options;
    private final TemporaryFolder folder;
    private final ReportingRun run;
    private final AtomicBoolean finished = new AtomicBoolean(); // set by the thread that prints the report
    private final long startNanos = System.nanoTime();

    private Chaos(PrintStream out, ChaosOptions options, TemporaryFolder folder) {
        this.out = out;
        this.options = options;
        this.folder = folder;
        Consumer<String> log = this::log;
        this.run = options.recoveries() > 0
                ? new RecoveryRun(Installation.current(), folder.path(), options, log)
                : new ChaosRun(Installation.current(), folder.path(), options, log);
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
        Runtime.getRuntime().addShutdownHook(new Thread(this::onShutdown, "chaos-shutdown"));
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
            ReportingRun.Report report = run.execute();
            return finished.compareAndSet(false, true) ? conclude(report) : 1;
        } catch (RuntimeException e) {
            if (finished.compareAndSet(false, true)) {
                run.abort();
                out.println("logs and data are in " + folder.path());
                throw e;
            }
            return 1; // the failure is a consequence of the shutdown
        }
    }

    /** The shutdown hook: ends the processes of the run and prints the findings so far. */
    private void onShutdown() {
        if (finished.compareAndSet(false, true)) {
            ReportingRun.Report report = run.abort();
            out.println();
            out.println("interrupted; findings so far:");
            conclude(report);
        }
    }

    private int conclude(ReportingRun.Report report) {
        out.println();
        out.print(report.text());
        if (report.isClean()) {
            folder.close();
            if (options.recoveries() == 0) { // a recovery run only measures
                out.println("no violations with seed " + options.seed());
            }
            return 0;
        }
        try {
            Files.writeString(folder.path().resolve("verdict.txt"), report.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println("violations with seed " + options.seed() + "; history, logs and data are in " + folder.path());
        return 1;
    }

    private void log(String message) {
        if (!finished.get()) {
            long seconds = Duration.ofNanos(System.nanoTime() - startNanos).toSeconds();
            out.println("%4d s  %s".formatted(seconds, message));
        }
    }
}
