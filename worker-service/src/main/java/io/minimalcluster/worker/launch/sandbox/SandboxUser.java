package io.minimalcluster.worker.launch.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs commands under a child's user id with setpriv, which needs the capability to change user ids. */
public final class SandboxUser {
    /**
     * The default first user id of children, in a range that Debian, systemd and container runtimes do not allocate.
     */
    public static final int FIRST_USER_ID = 60_600;

    /** The mode of a folder that the group of this user can read, with the set-group-id bit. */
    static final int SHARED = 0_2750;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /**
     * Kills all processes of the user in one step, so that none can fork meanwhile. They stop at once but may take a
     * moment to disappear. Then deletes their files, including files whose modes exclude root without capabilities,
     * their System V objects, and their keys. The user can create files only in folders that all users may write.
     */
    private static final String SWEEP = """
            kill -9 -1 2>/dev/null
            find /tmp /var/tmp /dev/shm /dev/mqueue /run/lock /var/crash -mindepth 1 \
                '(' -user "$2" -prune -exec chmod -R u+rwx {} + -exec rm -rf {} + ')' \
                -o '(' -type d ! -perm -0002 -prune ')' 2>/dev/null
            ipcrm --all 2>/dev/null
            keyctl clear @u 2>/dev/null
            cd "$1" 2>/dev/null && { chmod -R u+rwx . ; rm -rf -- * .[!.]* ..?* ; } 2>/dev/null
            exit 0
            """;

    private final String setpriv;
    private final int userId;

    public SandboxUser(String setpriv, int userId) {
        this.setpriv = setpriv;
        this.userId = userId;
    }

    /** The command prefix that runs a command as this user. */
    public List<String> prefix() {
        String id = String.valueOf(userId);
        return List.of(setpriv, "--reuid", id, "--regid", id, "--clear-groups", "--no-new-privs");
    }

    public int userId() {
        return userId;
    }

    /** Kills all processes of this user, deletes what they left behind, and empties a folder. */
    void sweep(Path folder) throws IOException {
        List<String> command = new ArrayList<>(prefix());
        command.addAll(List.of("/bin/sh", "-c", SWEEP, "sh", folder.toString(), String.valueOf(userId)));
        run(command);
    }

    /**
     * Creates a folder that belongs to this process and to this user's group; new entries inherit the group. Changing
     * the group of an existing folder would need another capability.
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
        ShortCommand.Result result = ShortCommand.run(command, TIMEOUT);
        if (!result.isGood()) {
            throw new IOException(String.join(" ", command.subList(0, 2)) + ": " + result.output());
        }
    }
}
