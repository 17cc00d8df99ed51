package io.minimalcluster.master.environment.compile;

import static io.minimalcluster.model.support.ByteSize.MEBIBYTE;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.task.TaskRuntime;
import io.minimalcluster.worker.launch.ForkedJvm;
import io.minimalcluster.worker.launch.JvmLimits;
import io.minimalcluster.worker.launch.LaunchRequest;
import io.minimalcluster.worker.launch.LaunchSettings;
import io.minimalcluster.worker.launch.Launcher;
import io.minimalcluster.worker.launch.TaskRuntimeJar;
import io.minimalcluster.worker.launch.sandbox.SandboxUser;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Forks compiler processes at the strongest isolation level that works on this machine. The first launch detects the
 * level.
 */
@Component
class CompilerLauncher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CompilerLauncher.class);
    private static final JvmLimits LIMITS = new JvmLimits(256 * MEBIBYTE, 128 * MEBIBYTE, 16 * MEBIBYTE, 64 * MEBIBYTE);

    /** C1 only: most compilations take less than a second, in which C2 costs more than it saves. */
    private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1");

    // guarded by this
    private @Nullable Launcher launcher;
    private boolean closed;

    ForkedJvm launch() throws IOException {
        Launcher current = launcher();
        return current.launch(new LaunchRequest(
                TaskRuntimeJar.unpack(current), List.of(TaskRuntime.COMPILER), LIMITS, false, false, OPTIONS));
    }

    private synchronized Launcher launcher() throws IOException {
        if (closed) {
            throw new IOException("the master is shutting down");
        }
        if (launcher == null) {
            launcher = Launcher.open(new LaunchSettings(null, Isolation.PROCESS, SandboxUser.FIRST_USER_ID));
            log.info("event=compiler.isolation level={}", launcher.isolation());
        }
        return launcher;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (launcher != null) {
            launcher.close();
        }
    }
}
