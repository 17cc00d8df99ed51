package io.minimalcluster.worker.launch;

import java.util.ArrayList;
import java.util.List;

/** The prefixes that need no more than a line. */
final class CommandWrappers {
    private static final long LARGEST_FILE = 64L * 1024 * 1024;
    private static final int OPEN_FILES = 256;
    private static final int PROCESSES = 128;

    private CommandWrappers() {}

    /** Under the claim's own user id; dies with the thread that forked it, unless a prefix behind this undoes that. */
    static CommandWrapper changeUser() {
        return (sandboxSlot, _) -> {
            List<String> words =
                    new ArrayList<>(sandboxSlot.user().orElseThrow().prefix());
            words.addAll(List.of("--pdeathsig", "KILL", "--"));
            return words;
        };
    }

    /** Under the same user id; dies with the thread that forked it. */
    static CommandWrapper dieWithParent(String setpriv) {
        return (_, _) -> List.of(setpriv, "--no-new-privs", "--pdeathsig", "KILL", "--");
    }

    /** Limits that every process has for itself. */
    static CommandWrapper limitFiles(String prlimit) {
        return (_, _) -> List.of(prlimit, "--core=0", "--nofile=" + OPEN_FILES, "--fsize=" + LARGEST_FILE, "--");
    }

    /** A limit that counts all processes of a user: where the child is a user of its own, or counted apart. */
    static CommandWrapper limitProcesses(String prlimit) {
        return (_, _) -> List.of(prlimit, "--nproc=" + PROCESSES, "--");
    }
}
