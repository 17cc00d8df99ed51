package io.minimalcluster.worker.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.worker.launch.sandbox.SandboxSlots;
import io.minimalcluster.worker.launch.sandbox.SandboxUser;
import io.minimalcluster.worker.launch.sandbox.SystemTools;
import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IsolationLevelsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void levelWorksOrNamesTheMissingProgram(Isolation level) throws Exception {
        if (SupportedIsolationLevels.isSupported(level)) {
            try (Launcher launcher = Launcher.open(SupportedIsolationLevels.only(level))) {
                assertThat(launcher.isolation()).isEqualTo(level);
            }
        } else {
            assertThatThrownBy(() -> Launcher.open(SupportedIsolationLevels.only(level)))
                    .isInstanceOf(IsolationUnavailableException.class)
                    .hasMessageNotContaining("\n")
                    .hasMessageContainingAll("install", "minimalcluster.executor.isolation=process");
        }
    }

    @Test
    void strongestWorkingLevelIsUsed() throws Exception {
        try (Launcher launcher = Launcher.open(settings(null, Isolation.PROCESS))) {
            assertThat(launcher.isolation())
                    .isEqualTo(SupportedIsolationLevels.all()
                            .max(Comparator.naturalOrder())
                            .orElseThrow());
        }
    }

    @Test
    void processLevelNeedsNoPrograms() throws Exception {
        try (Launcher launcher = open(settings(null, Isolation.PROCESS));
                TestChildProcess child = TestChildProcess.start(launcher)) {
            assertThat(launcher.isolation()).isEqualTo(Isolation.PROCESS);
            assertThat(child.ask("environment").split(",")).containsExactlyInAnyOrder("LANG", "TMPDIR");
        }
    }

    @Test
    void isolationBelowMinimumNamesTheRemedy() {
        assertThatThrownBy(() -> open(settings(null, Isolation.UID)))
                .isInstanceOf(IsolationUnavailableException.class)
                .hasMessage("executors can't be isolated at level uid or better here (tried bubblewrap: a program that"
                        + " it needs is not installed; uid: a program that it needs is not installed): run it as root,"
                        + " or in a container as root with the capabilities SETUID, SETGID and KILL, with setpriv and"
                        + " prlimit (util-linux) installed, or set minimalcluster.executor.isolation=process and"
                        + " .minimum-isolation=process to run only code that you trust");
    }

    @Test
    void levelBelowTheMinimumIsRejected() {
        assertThatThrownBy(() -> open(settings(Isolation.PROCESS, Isolation.UID)))
                .isInstanceOf(IsolationUnavailableException.class)
                .hasMessage("isolation process is below the minimum uid: set"
                        + " minimalcluster.executor.minimum-isolation=process");
    }

    private Launcher open(LaunchSettings settings) throws Exception {
        Path missing = folder.resolve("programs");
        return Launcher.open(settings, new SystemTools(missing), SandboxSlots.open(folder.resolve("claims")));
    }

    private static LaunchSettings settings(@Nullable Isolation wanted, Isolation minimum) {
        return new LaunchSettings(wanted, minimum, SandboxUser.FIRST_USER_ID);
    }
}
