package io.minimalcluster.worker.launch;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.worker.launch.sandbox.SandboxUser;
import io.minimalcluster.worker.launch.sandbox.ShortCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The isolation levels that must work on this machine, determined independently of the code under test. */
public final class SupportedIsolationLevels {
    /** The capabilities SETUID and SETGID, as bits of the mask of effective capabilities. */
    private static final long SET_IDS = 0xC0;

    /** The capability SYS_ADMIN. */
    private static final long MOUNT = 1L << 21;

    private SupportedIsolationLevels() {}

    /** The levels that must work. */
    public static Stream<Isolation> all() {
        return Stream.of(Isolation.values()).filter(SupportedIsolationLevels::isSupported);
    }

    static boolean isSupported(Isolation level) {
        return switch (level) {
            case PROCESS -> true;
            case UID -> canSetIds() && isInstalled("setpriv") && isInstalled("prlimit");
            case BUBBLEWRAP -> isInstalled("prlimit") && isInstalled("bwrap") && canCreateSandboxes();
        };
    }

    /** The settings of exactly one level. */
    public static LaunchSettings only(Isolation level) {
        return new LaunchSettings(level, Isolation.PROCESS, SandboxUser.FIRST_USER_ID);
    }

    /** Whether a level limits the temporary space of a child here. */
    public static boolean isTemporarySpaceLimited(Isolation level) {
        return level == Isolation.BUBBLEWRAP || (level == Isolation.UID && hasCapabilities(MOUNT));
    }

    private static boolean canSetIds() {
        return hasCapabilities(SET_IDS);
    }

    private static boolean hasCapabilities(long wanted) {
        try {
            String status = Files.readString(Path.of("/proc/self/status"));
            return Pattern.compile("(?m)^CapEff:\\s+(\\p{XDigit}+)$")
                    .matcher(status)
                    .results()
                    .anyMatch(mask -> (Long.parseUnsignedLong(mask.group(1), 16) & wanted) == wanted);
        } catch (IOException otherSystem) {
            return false;
        }
    }

    /** Checks as an unprivileged user, because root may create sandboxes that other users may not. */
    private static boolean canCreateSandboxes() {
        String sandbox = "bwrap --unshare-all --ro-bind / / true";
        String nobody = "setpriv --reuid 65534 --regid 65534 --clear-groups ";
        try {
            return ShortCommand.run(List.of(((canSetIds() ? nobody : "") + sandbox).split(" ")), Duration.ofSeconds(10))
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
