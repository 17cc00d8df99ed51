package io.minimalcluster.worker.launch.sandbox;

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
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Allocates slot numbers that are unique among all processes on this machine. A slot is held by a file lock in a folder
 * of this user. The kernel releases the lock when the process ends.
 */
public final class SandboxSlots {
    private static final Logger log = LoggerFactory.getLogger(SandboxSlots.class);

    /** The number of slots, up to the end of the user id range of {@link SandboxUser#FIRST_USER_ID}. */
    private static final int MAX_SLOTS = 512;

    private static final int MAX_FAILURES = 3;

    /**
     * The locks held by all launchers of this process. Closing any channel to a file releases all POSIX locks of the
     * process on it, so a held lock must not be tried again.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;

    /** The number to try next. Numbers go round, so that a user id is not used again soon. */
    private final AtomicInteger next = new AtomicInteger();

    private SandboxSlots(Path folder) {
        this.folder = folder;
    }

    /** Opens the slots in a folder that all processes of this user share. */
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
        if (FileTree.isPosix(folder) && !isOwnedByThisUser(folder)) {
            throw new IOException(folder + " belongs to another user: delete it");
        }
        SandboxEtc.write(folder);
        SeccompFilter.write(folder);
        return new SandboxSlots(folder);
    }

    private static boolean isOwnedByThisUser(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, "owner", null);
        try {
            return Files.getAttribute(probe, "unix:uid").equals(Files.getAttribute(folder, "unix:uid"));
        } finally {
            Files.delete(probe);
        }
    }

    public Path folder() {
        return folder;
    }

    /**
     * Claims a free slot, with an empty folder and no process running under its user id.
     *
     * @param user the user of each slot number; null if children keep the user id of this process
     */
    public SandboxSlot claim(@Nullable IntFunction<SandboxUser> user) throws IOException {
        int failures = 0;
        for (int i = 0; i < MAX_SLOTS; i++) {
            try {
                Optional<SandboxSlot> sandboxSlot = claim(next.getAndUpdate(SandboxSlots::following), user);
                if (sandboxSlot.isPresent()) {
                    return sandboxSlot.get();
                }
            } catch (IOException unusable) { // such as a folder with undeletable content
                if (++failures == MAX_FAILURES) {
                    throw unusable;
                }
            }
        }
        throw new IOException("all " + MAX_SLOTS + " slots for forked JVMs in " + folder + " are taken");
    }

    private static int following(int number) {
        return (number + 1) % MAX_SLOTS;
    }

    /**
     * Kills processes that children of an ended process have left behind, and deletes their files. Slots where that
     * fails are skipped.
     *
     * @param user the user of each slot number; null if children keep the user id of this process
     */
    public void sweepAbandoned(@Nullable IntFunction<SandboxUser> user) {
        Set<Integer> numbers = new TreeSet<>();
        if (user != null) {
            int first = user.apply(0).userId();
            ProcessTree.users().forEach(userId -> numbers.add(userId - first));
        }
        for (ProcessHandle process : ProcessTree.workingIn(folder)) {
            ProcessTree.placeIn(folder, process.pid())
                    .map(directory -> folder.relativize(directory).getName(0).toString())
                    .filter(name -> name.matches("\\d{1,3}"))
                    .ifPresent(name -> numbers.add(Integer.valueOf(name)));
        }
        for (int number : numbers) {
            if (number >= 0 && number < MAX_SLOTS) {
                sweep(number, user);
            }
        }
    }

    private void sweep(int number, @Nullable IntFunction<SandboxUser> user) {
        try {
            Optional<SandboxSlot> abandoned = claim(number, user);
            if (abandoned.isPresent()) {
                abandoned.get().close();
            }
        } catch (IOException | RuntimeException unusable) { // such as a folder with undeletable content
            log.warn("event=slot.not-cleaned number={} reason=\"{}\"", number, unusable.getMessage());
        }
    }

    /** Claims a number; empty if it is held. */
    private Optional<SandboxSlot> claim(int number, @Nullable IntFunction<SandboxUser> user) throws IOException {
        Path lock = folder.resolve(number + ".lock");
        if (!HELD.add(lock)) {
            return Optional.empty();
        }
        FileChannel channel = lock(lock);
        if (channel == null) {
            return Optional.empty();
        }
        SandboxUser sandboxUser = user == null ? null : user.apply(number);
        SandboxSlot sandboxSlot =
                new SandboxSlot(folder.resolve(String.valueOf(number)), sandboxUser, () -> release(channel, lock));
        try {
            sandboxSlot.prepare();
            return Optional.of(sandboxSlot);
        } catch (IOException | RuntimeException unusable) {
            release(channel, lock);
            throw unusable;
        }
    }

    private static @Nullable FileChannel lock(Path lock) throws IOException {
        FileChannel channel = null;
        FileLock held = null;
        try {
            channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            SandboxSlot.allow(lock, "rw-------"); // a user that can read a file can also lock it
            held = channel.tryLock();
            return held == null ? null : channel;
        } finally {
            if (held == null) {
                release(channel, lock);
            }
        }
    }

    private static void release(@Nullable FileChannel channel, Path lock) {
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
