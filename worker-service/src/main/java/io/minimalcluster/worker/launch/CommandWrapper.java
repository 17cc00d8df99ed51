package io.minimalcluster.worker.launch;

import io.minimalcluster.worker.launch.sandbox.SandboxSlot;
import java.util.List;

/** A command prefix that isolates or limits the command after it. */
@FunctionalInterface
interface CommandWrapper {
    List<String> words(SandboxSlot sandboxSlot, LaunchRequest request);
}
