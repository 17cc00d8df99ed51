package io.minimalcluster.worker.launch;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.worker.launch.sandbox.ShortCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which levels of isolation have to work here, by what this machine offers; asked without the code under test. */
final class SupportedIsolationLevels {
    /** The capabilities to set user and group ids, in the mask of those in force. */
    private static final long SET_IDS = 0xC0;

    private SupportedIsolationLevels() {}

    static Stream<Isolation> all() {
        return Stream.of(Isolation.values()).filter(SupportedIsolationLevels::isToWork);
    }

    static boolean isToWork(Isolation level) {
        return switch (level) {
            case PROCESS -> true;
            case UID -> maySetIds() && isInstalled("setpriv") && isInstalled("prlimit");
            case BUBBLEWRAP -> isInstalled("prlimit") && isInstalled("bwrap") && mayMakeSandboxes();
        };
    }

    static LaunchSettings only(Isolation level) {
        return new LaunchSettings(level, Isolation.PROCESS, LaunchSettings.FIRST_USER_ID);
    }

    private static boolean maySetIds() {
        try {
            String status = Files.readString(Path.of("/proc/self/status"));
            return Pattern.compile("(?m)^CapEff:\\s+(\\p{XDigit}+)$")
                    .matcher(status)
                    .results()
                    .anyMatch(mask -> (Long.parseUnsignedLong(mask.group(1), 16) & SET_IDS) == SET_IDS);
        } catch (IOException otherSystem) {
            return false;
        }
    }

    /** As the user that it would be: for root's right to sandboxes says nothing of that user's. */
    private static boolean mayMakeSandboxes() {
        String sandbox = "bwrap --unshare-all --ro-bind / / true";
        String nobody = "setpriv --reuid 65534 --regid 65534 --clear-groups ";
        try {
            return ShortCommand.run(List.of(((maySetIds() ? nobody : "") + sandbox).split(" ")), Duration.ofSeconds(10))
                    .isGood();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of("/usr/bin", "/bin", "/usr/sbin")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
