package io.minimalcluster.worker.launch;

import io.minimalcluster.worker.launch.sandbox.SandboxSlot;
import java.util.List;

/** What stands before a command and walls it off. */
@FunctionalInterface
interface CommandWrapper {
    List<String> words(SandboxSlot sandboxSlot, LaunchRequest request);
}
