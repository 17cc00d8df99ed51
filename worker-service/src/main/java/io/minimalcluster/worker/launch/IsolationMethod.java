package io.minimalcluster.worker.launch;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.worker.launch.sandbox.SandboxPaths;
import io.minimalcluster.worker.launch.sandbox.SandboxSlot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A method to isolate a child: command prefixes, and whether it gets its own user id.
 *
 * @param changesUser whether the child runs under a user id of its own
 */
record IsolationMethod(Isolation level, List<CommandWrapper> wrappers, boolean changesUser) {
    IsolationMethod {
        wrappers = List.copyOf(wrappers);
    }

    List<String> wrap(List<String> command, SandboxSlot sandboxSlot, LaunchRequest request) {
        List<String> words = new ArrayList<>();
        wrappers.forEach(wrapper -> words.addAll(wrapper.words(sandboxSlot, request)));
        words.addAll(command);
        return words;
    }

    /** The paths of a child's files, as the child sees them. */
    SandboxPaths paths(Path jar, SandboxSlot sandboxSlot) {
        return switch (level) {
            case PROCESS, UID -> SandboxPaths.of(jar, sandboxSlot);
            case BUBBLEWRAP -> SandboxPaths.BUBBLEWRAP;
        };
    }
}
