package io.minimalcluster.worker.launch.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A number that no other process on this machine uses, with a folder and optionally a user id. It is held until it is
 * closed or this process ends.
 */
public final class SandboxSlot implements AutoCloseable {
    private static final int MODE_MASK = 0_7777;
    private static final Set<String> ENTRIES = Set.of("job", "tmp", "marks", "output");

    private final Path folder;
    private final @Nullable SandboxUser user;
    private final Runnable release;

    SandboxSlot(Path folder, @Nullable SandboxUser user, Runnable release) {
        this.folder = folder;
        this.user = user;
        this.release = release;
    }

    /** The user id of the child, if it has its own. */
    public Optional<SandboxUser> user() {
        return Optional.ofNullable(user);
    }

    public Path folder() {
        return folder;
    }

    /** The folder that the child may read. */
    public Path job() {
        return folder.resolve("job");
    }

    /** The folder that the child may write. */
    public Path tmp() {
        return folder.resolve("tmp");
    }

    /** The file of the task state of the child. */
    public Path taskStateFile() {
        return folder.resolve("marks");
    }

    /** The named pipe for what the child prints. */
    public Path output() {
        return folder.resolve("output");
    }

    /** Removes files of a previous holder, and creates the folders. */
    void prepare() throws IOException {
        clean();
        if (user == null) {
            Files.createDirectories(folder);
            allow(folder, "rwx------");
        } else if (!isSharedWith(user)) {
            FileTree.delete(folder);
            user.makeSharedFolder(folder);
        }
        Files.createDirectory(job());
        Files.createDirectory(tmp());
        allow(job(), user == null ? "rwx------" : "rwxr-x---");
        allow(tmp(), user == null ? "rwx------" : "rwxrwx---");
    }

    private boolean isSharedWith(SandboxUser sandboxUser) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.getAttribute(folder, "unix:gid").equals(sandboxUser.userId())
                && ((int) Files.getAttribute(folder, "unix:mode") & MODE_MASK) == SandboxUser.SHARED;
    }

    public static void allow(Path path, String modes) throws IOException {
        if (FileTree.isPosix(path)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(modes));
        }
    }

    private void clean() throws IOException {
        if (user != null) {
            user.sweep(tmp());
        }
        ProcessTree.workingIn(folder).forEach(ProcessHandle::destroyForcibly);
        for (String entry : ENTRIES) {
            FileTree.delete(folder.resolve(entry));
        }
    }

    /**
     * Kills remaining processes of the slot's user or in its folder, removes the child's files, and releases the
     * number.
     */
    @Override
    public void close() throws IOException {
        try {
            clean();
        } finally {
            release.run();
        }
    }
}
