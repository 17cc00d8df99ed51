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
 * A number that no other process on this machine uses, with a folder, and with a user id where the children get one.
 * Held until it is closed or this process ends, however that comes.
 */
public final class SandboxSlot implements AutoCloseable {
    private static final int MODES = 0_7777;
    private static final Set<String> PARTS = Set.of("job", "tmp", "marks");

    private final Path folder;
    private final @Nullable SandboxUser user;
    private final Runnable release;

    SandboxSlot(Path folder, @Nullable SandboxUser user, Runnable release) {
        this.folder = folder;
        this.user = user;
        this.release = release;
    }

    /** The user its child is to be, where it has one of its own. */
    public Optional<SandboxUser> user() {
        return Optional.ofNullable(user);
    }

    public Path folder() {
        return folder;
    }

    /** What its child may read. */
    public Path job() {
        return folder.resolve("job");
    }

    /** What its child may write. */
    public Path tmp() {
        return folder.resolve("tmp");
    }

    /** The start marks of its child. */
    public Path marks() {
        return folder.resolve("marks");
    }

    /** Removes what the one before may have left, whoever it was, and makes the folders anew. */
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
                && ((int) Files.getAttribute(folder, "unix:mode") & MODES) == SandboxUser.SHARED;
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
        for (String part : PARTS) {
            FileTree.delete(folder.resolve(part));
        }
    }

    /** Ends what still runs as its user, removes what its child left, and lets others have the number. */
    @Override
    public void close() throws IOException {
        try {
            clean();
        } finally {
            release.run();
        }
    }
}
