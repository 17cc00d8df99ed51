package io.minimalcluster.worker.launch;

import static io.minimalcluster.model.support.ByteSize.MEBIBYTE;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.worker.launch.sandbox.SandboxSlot;
import io.minimalcluster.worker.launch.sandbox.ShortCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the strongest isolation level that works on this machine, by starting a JVM at each level. */
final class IsolationProbe {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final JvmLimits SMALL = new JvmLimits(32 * MEBIBYTE, 32 * MEBIBYTE, MEBIBYTE, 1);

    private final IsolationCandidates candidates;
    private final ProcessFactory processFactory;
    private final LaunchSettings settings;
    private final List<String> failures = new ArrayList<>();

    IsolationProbe(IsolationCandidates candidates, ProcessFactory processFactory, LaunchSettings settings) {
        this.candidates = candidates;
        this.processFactory = processFactory;
        this.settings = settings;
    }

    IsolationMethod strongest() throws IOException {
        for (Isolation level : levels()) {
            Optional<IsolationMethod> working = firstWorking(level);
            if (working.isPresent()) {
                return working.get();
            }
        }
        throw new IsolationUnavailableException(explain());
    }

    private List<Isolation> levels() {
        Isolation wanted = settings.isolation();
        if (wanted != null && wanted.compareTo(settings.minimum()) < 0) {
            throw new IsolationUnavailableException("isolation " + name(wanted) + " is below the minimum "
                    + name(settings.minimum()) + ": set minimalcluster.executor.minimum-isolation=" + name(wanted));
        }
        return wanted != null
                ? List.of(wanted)
                : Stream.of(Isolation.values())
                        .filter(level -> level.compareTo(settings.minimum()) >= 0)
                        .sorted(Comparator.reverseOrder())
                        .toList();
    }

    private Optional<IsolationMethod> firstWorking(Isolation level) throws IOException {
        List<IsolationMethod> methods = candidates.of(level);
        String failure = "a program that it needs is not installed";
        for (IsolationMethod method : methods) {
            failure = probe(method);
            if (failure.isEmpty()) {
                return Optional.of(method);
            }
        }
        failures.add(name(level) + ": " + failure);
        return Optional.empty();
    }

    /** Starts a JVM with an isolation method. Returns the reason of a failure, empty if it works. */
    private String probe(IsolationMethod isolationMethod) {
        LaunchRequest nothing =
                new LaunchRequest(processFactory.jdk().home().resolve("release"), List.of(), SMALL, true, false);
        try (SandboxSlot sandboxSlot = processFactory.claim(isolationMethod)) {
            processFactory.taskStateView(sandboxSlot).close();
            ProcessBuilder command =
                    processFactory.command(isolationMethod, sandboxSlot, nothing, processFactory.java()::probe);
            ShortCommand.Result result =
                    ShortCommand.await(processFactory.fork(command.redirectErrorStream(true)), TIMEOUT);
            return result.isGood() ? "" : oneLine(result);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String oneLine(ShortCommand.Result result) {
        String output = result.output().replaceAll("\\s*[\\r\\n]+\\s*", ", ");
        return output.isEmpty() ? "exit code " + result.exitCode() : output;
    }

    private String explain() {
        Isolation wanted = settings.isolation();
        Isolation needed = wanted == null ? settings.minimum() : wanted;
        String tried = " (tried " + String.join("; ", failures) + "): ";
        String trust = needed == Isolation.PROCESS
                ? ""
                : ", or set minimalcluster.executor.isolation=process and .minimum-isolation=process"
                        + " to run only code that you trust";
        return "executors can't be isolated at level " + name(needed) + (wanted == null ? " or better" : "") + " here"
                + tried + candidates.remedy(needed) + trust;
    }

    private static String name(Isolation level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
