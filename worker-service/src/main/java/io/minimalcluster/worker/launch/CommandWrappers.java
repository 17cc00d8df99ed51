package io.minimalcluster.worker.launch;

import io.minimalcluster.task.process.FrameStreams;
import io.minimalcluster.worker.launch.sandbox.ProcessLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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

    /**
     * Mounts a file system in memory on the folders that all users may write, on {@code /dev/shm} and on the temporary
     * folder of the slot. The folder of the slots ({@code $0}) is usually in one of them, and is mounted again.
     */
    private static final String PRIVATE_FOLDERS = """
            cd "$0" && mount -t tmpfs -o size=1m,mode=1777,nosuid,nodev none /dev/shm \
              && mount -t tmpfs -o "size=$2,mode=1777,nosuid,nodev" none /tmp \
              && mount --bind /tmp /var/tmp && mkdir -m 1777 /tmp/task && (umask 022 && mkdir -p "$0") \
              && mount --no-canonicalize --bind . "$0" && mount --bind /tmp/task "$1" && cd "$1" || exit
            shift 2
            unset OLDPWD
            exec "$@"
            """;

    private CommandWrappers() {}

    /**
     * Gives the child temporary folders and System V objects of its own, which end with it. Needs the capability to
     * mount file systems.
     */
    static CommandWrapper privateFolders(String unshare, String shell) {
        return (sandboxSlot, request) -> List.of(
                unshare,
                "--mount",
                "--ipc",
                "--propagation",
                "private",
                "--",
                shell,
                "-c",
                PRIVATE_FOLDERS,
                Objects.requireNonNull(sandboxSlot.folder().getParent()).toString(),
                sandboxSlot.tmp().toString(),
                String.valueOf(request.limits().processLimits().tmpBytes()));
    }

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

    /** Limits open files and file sizes of each process. Core dumps and POSIX message queues are off. */
    static CommandWrapper limitFiles(String prlimit) {
        return (_, request) -> {
            ProcessLimits limits = request.limits().processLimits();
            return List.of(
                    prlimit,
                    "--core=0",
                    "--msgqueue=0",
                    "--nofile=" + limits.openFiles(),
                    "--fsize=" + limits.fileBytes(),
                    "--");
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
