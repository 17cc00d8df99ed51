package io.minimalcluster.worker.launch;

import io.minimalcluster.task.process.FrameStreams;
import io.minimalcluster.worker.launch.sandbox.ProcessLimits;
import java.util.ArrayList;
import java.util.List;

/** The command prefixes of setpriv and prlimit, and the one that moves frames. */
final class CommandWrappers {
    /**
     * Moves frames to descriptors of their own. Descriptor 0 becomes empty, and descriptor 1 the named pipe {@code $0}.
     * The child and user code open the pipes by path, under a user id that may not own them.
     */
    private static final String MOVE_FRAMES = """
            mkfifo -m 666 "$0" || exit
            chmod 666 /dev/fd/0 /dev/fd/1 /dev/fd/5 5>&2 2>/dev/null
            exec %d<&0 %d>&1 0</dev/null 1<>"$0"
            exec "$@"
            """.formatted(FrameStreams.IN, FrameStreams.OUT);

    private CommandWrappers() {}

    /** Moves frames to descriptors of their own, see {@link FrameStreams}. */
    static CommandWrapper moveFrames(String shell) {
        return (sandboxSlot, _) ->
                List.of(shell, "-c", MOVE_FRAMES, sandboxSlot.output().toString());
    }

    /**
     * Runs the command under the user id of the slot, and kills it when the forking thread ends. A later prefix may
     * reset that death signal.
     */
    static CommandWrapper changeUser() {
        return (sandboxSlot, _) -> {
            List<String> words =
                    new ArrayList<>(sandboxSlot.user().orElseThrow().prefix());
            words.addAll(List.of("--pdeathsig", "KILL", "--"));
            return words;
        };
    }

    /** Runs the command under the same user id, and kills it when the forking thread ends. */
    static CommandWrapper dieWithParent(String setpriv) {
        return (_, _) -> List.of(setpriv, "--no-new-privs", "--pdeathsig", "KILL", "--");
    }

    /** Limits core dumps, open files and file sizes of each process. */
    static CommandWrapper limitFiles(String prlimit) {
        return (_, request) -> {
            ProcessLimits limits = request.limits().processLimits();
            return List.of(
                    prlimit, "--core=0", "--nofile=" + limits.openFiles(), "--fsize=" + limits.fileBytes(), "--");
        };
    }

    /**
     * Limits the number of processes. The limit counts per user, so the child needs a user id or user namespace of its
     * own.
     */
    static CommandWrapper limitProcesses(String prlimit) {
        return (_, request) ->
                List.of(prlimit, "--nproc=" + request.limits().processLimits().processes(), "--");
    }
}
