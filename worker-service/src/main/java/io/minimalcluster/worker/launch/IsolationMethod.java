package io.minimalcluster.worker.launch;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.task.process.FrameStreams;
import io.minimalcluster.worker.launch.sandbox.SandboxPaths;
import io.minimalcluster.worker.launch.sandbox.SandboxSlot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method to isolate a child: command prefixes, and whether it gets its own user id.
 *
 * @param changesUser whether the child runs under a user id of its own
 * @param shell the shell that gives frames descriptors of their own; null to use descriptors 0 and 1
 */
record IsolationMethod(
        Isolation level,
        List<CommandWrapper> wrappers,
        boolean changesUser,
        @Nullable String shell) {
    /** The folder in which a process finds its descriptors. */
    static final String DESCRIPTORS = "/dev/fd";

    IsolationMethod {
        wrappers = List.copyOf(wrappers);
    }

    /** @param command a Java command */
    List<String> wrap(List<String> command, SandboxSlot sandboxSlot, LaunchRequest request) {
        List<String> words = new ArrayList<>(command);
        if (shell != null) {
            words.add(1, "-D" + FrameStreams.PROPERTY + "=" + DESCRIPTORS);
        }
        for (CommandWrapper wrapper : wrappers.reversed()) {
            words.addAll(0, wrapper.words(sandboxSlot, request));
        }
        if (shell != null) {
            words.addAll(0, CommandWrappers.moveFrames(shell).words(sandboxSlot, request));
        }
        return words;
    }

    /** The paths of a child's files, as the child sees them. */
    SandboxPaths paths(Path jar, @Nullable Path classCache, SandboxSlot sandboxSlot) {
        return switch (level) {
            case PROCESS, UID -> SandboxPaths.of(jar, classCache, sandboxSlot);
            case BUBBLEWRAP -> SandboxPaths.BUBBLEWRAP;
        };
    }
}
