package io.minimalcluster.worker.launch.sandbox;

import io.minimalcluster.worker.launch.LaunchSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Hands out numbers that no two processes on this machine use at a time: two workers and a master share a machine. A
 * number is held by a lock on a file in a folder of this user's own, and the kernel lets go of it when the process
 * ends.
 */
public final class SandboxSlots {
    /** Up to the end of the gap that {@link LaunchSettings#FIRST_USER_ID} begins in. */
    private static final int MANY = 512;

    private static final int FAILURES = 3;

    /**
     * The numbers held by this process, by all launchers in it: closing any channel to a locked file lets go of all
     * locks that the process has on it (POSIX), so one that is held must not even be tried.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;

    private SandboxSlots(Path folder) {
        this.folder = folder;
    }

    /** Claims in a folder that every process of this user on this machine finds. */
    public static SandboxSlots open() throws IOException {
        Path shared = Path.of("/tmp");
        Path parent = Files.isDirectory(shared) ? shared : Path.of(System.getProperty("java.io.tmpdir"));
        return open(parent.resolve("minimalcluster-" + System.getProperty("user.name")));
    }

    public static SandboxSlots open(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder);
        }
        SandboxSlot.allow(folder, "rwx--x--x");
        if (FileTree.isPosix(folder) && !isOurs(folder)) {
            throw new IOException(folder + " belongs to another user, who must not own it: delete it");
        }
        return new SandboxSlots(folder);
    }

    private static boolean isOurs(Path folder) throws IOException {
        Path made = Files.createTempFile(folder, "owner", null);
        try {
            return Files.getAttribute(made, "unix:uid").equals(Files.getAttribute(folder, "unix:uid"));
        } finally {
            Files.delete(made);
        }
    }

    public Path folder() {
        return folder;
    }

    /**
     * A number of one's own, with its folder empty and nothing running under it.
     *
     * @param user who the child with a number is to be; null for none of its own
     */
    public SandboxSlot claim(@Nullable IntFunction<SandboxUser> user) throws IOException {
        int failures = 0;
        for (int number = 0; number < MANY; number++) {
            Path lock = folder.resolve(number + ".lock");
            if (!HELD.add(lock)) {
                continue;
            }
            try {
                Optional<SandboxSlot> sandboxSlot = claim(number, lock, user);
                if (sandboxSlot.isPresent()) {
                    return sandboxSlot.get();
                }
            } catch (IOException unusable) { // such as a folder that something undeletable is in
                if (++failures == FAILURES) {
                    throw unusable;
                }
            }
        }
        throw new IOException("all " + MANY + " places for forked JVMs in " + folder + " are taken");
    }

    private Optional<SandboxSlot> claim(int number, Path lock, @Nullable IntFunction<SandboxUser> user)
            throws IOException {
        FileChannel channel = lock(lock);
        if (channel == null) {
            return Optional.empty();
        }
        SandboxUser sandboxUser = user == null ? null : user.apply(number);
        SandboxSlot sandboxSlot =
                new SandboxSlot(folder.resolve(String.valueOf(number)), sandboxUser, () -> letGo(channel, lock));
        try {
            sandboxSlot.prepare();
            return Optional.of(sandboxSlot);
        } catch (IOException | RuntimeException unusable) {
            letGo(channel, lock);
            throw unusable;
        }
    }

    private static @Nullable FileChannel lock(Path lock) throws IOException {
        FileChannel channel = null;
        FileLock held = null;
        try {
            channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            SandboxSlot.allow(lock, "rw-------"); // who reads a file can lock it as well
            held = channel.tryLock();
            return held == null ? null : channel;
        } finally {
            if (held == null) {
                letGo(channel, lock);
            }
        }
    }

    private static void letGo(@Nullable FileChannel channel, Path lock) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            HELD.remove(lock);
        }
    }
}
