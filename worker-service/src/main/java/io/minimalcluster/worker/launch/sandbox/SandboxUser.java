package io.minimalcluster.worker.launch.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Does things as a user id that a child has for its own, by setpriv; needs the right to change user ids, no other. */
public final class SandboxUser {
    /** The modes of a folder that this user's group reads, and that hands its group on. */
    static final int SHARED = 0_2750;

    private static final Duration SOON = Duration.ofSeconds(10);

    /**
     * All processes of the user in one step, so that none can fork in between (they may take a moment to be gone, but
     * run no more); then what they left, also where its modes keep even root without capabilities out.
     */
    private static final String SWEEP = """
            kill -9 -1 2>/dev/null
            cd "$1" 2>/dev/null && { chmod -R u+rwx . ; rm -rf -- * .[!.]* ..?* ; } 2>/dev/null
            exit 0
            """;

    private final String setpriv;
    private final int userId;

    public SandboxUser(String setpriv, int userId) {
        this.setpriv = setpriv;
        this.userId = userId;
    }

    /** What stands before a command that is to run as this user. */
    public List<String> prefix() {
        String id = String.valueOf(userId);
        return List.of(setpriv, "--reuid", id, "--regid", id, "--clear-groups", "--no-new-privs");
    }

    int userId() {
        return userId;
    }

    /** Kills all that runs as this user, and empties the folder. */
    void sweep(Path folder) throws IOException {
        List<String> command = new ArrayList<>(prefix());
        command.addAll(List.of("/bin/sh", "-c", SWEEP, "sh", folder.toString()));
        run(command);
    }

    /**
     * Makes a folder that belongs to this process and to this user's group, and hands the group on to what is made in
     * it. Changing the group of a folder that is there would take one more capability.
     */
    void makeSharedFolder(Path folder) throws IOException {
        String id = String.valueOf(userId);
        run(List.of(
                setpriv,
                "--regid",
                id,
                "--clear-groups",
                "mkdir",
                "-m",
                Integer.toOctalString(SHARED),
                folder.toString()));
    }

    private static void run(List<String> command) throws IOException {
        ShortCommand.Result result = ShortCommand.run(command, SOON);
        if (!result.isGood()) {
            throw new IOException(String.join(" ", command.subList(0, 2)) + ": " + result.output());
        }
    }
}
