package io.minimalcluster.worker.launch.sandbox;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a short command with a timeout, an empty environment and no input. */
public final class ShortCommand {
    private ShortCommand() {}

    /** The exit code and the whole output of a command. */
    public record Result(int exitCode, String output) {
        public boolean isGood() {
            return exitCode == 0;
        }
    }

    public static Result run(List<String> command, Duration limit) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        return await(builder.start(), limit);
    }

    public static Result await(Process process, Duration limit) throws IOException {
        process.getOutputStream().close();
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> output.complete(readAll(process)));
        try {
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                process.destroyForcibly();
                return new Result(-1, "no end within " + limit.toSeconds() + " s");
            }
            String text = output.completeOnTimeout("", 1, TimeUnit.SECONDS).join();
            return new Result(process.exitValue(), text);
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a program ran");
        }
    }

    private static String readAll(Process process) {
        try {
            return new String(process.getInputStream().readNBytes(StderrCollector.KEPT), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException | UncheckedIOException closed) {
            return "";
        }
    }
}
