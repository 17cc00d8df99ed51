package io.minimalcluster.worker.launch;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.worker.launch.sandbox.SandboxPaths;
import io.minimalcluster.worker.launch.sandbox.SandboxSlot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One way to wall a child off.
 *
 * @param changesUser whether the child gets a user id of its own
 */
record IsolationMethod(Isolation level, List<CommandWrapper> wrappers, boolean changesUser) {
    IsolationMethod {
        wrappers = List.copyOf(wrappers);
    }

    List<String> around(List<String> command, SandboxSlot sandboxSlot, LaunchRequest request) {
        List<String> words = new ArrayList<>();
        wrappers.forEach(wrapper -> words.addAll(wrapper.words(sandboxSlot, request)));
        words.addAll(command);
        return words;
    }

    /** Where a child behind them sees its files. */
    SandboxPaths paths(Path jar, SandboxSlot sandboxSlot) {
        return switch (level) {
            case PROCESS, UID -> SandboxPaths.of(jar, sandboxSlot);
            case BUBBLEWRAP -> SandboxPaths.WALLED;
        };
    }
}
