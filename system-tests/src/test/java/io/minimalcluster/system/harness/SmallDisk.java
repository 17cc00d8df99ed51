package io.minimalcluster.system.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A tmpfs of a few megabytes. It is mounted in a separate mount namespace, which a process keeps open, so it needs no
 * privileges where user namespaces are allowed. It is removed with that process. It exists on Linux only.
 */
public final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 64 * 1024;

    private final Folder folder;
    private final Program holder;

    private SmallDisk(Folder folder, Program holder) {
        this.folder = folder;
        this.holder = holder;
    }

    public static SmallDisk ofMegabytes(int size) {
        Folder folder = Folder.create("disk");
        List<String> command = new ArrayList<>(isRoot() ? List.of("unshare", "-m") : List.of("unshare", "-Urm"));
        command.addAll(List.of(
                "sh",
                "-c",
                "mkdir \"$1\" && mount -t tmpfs -o size=$2m tmpfs \"$1\" && : >\"$1/ready\" && exec sleep 2147483647",
                "sh",
                folder.path("mount").toString(),
                Integer.toString(size)));
        Program holder = Program.start("disk", command, folder.path("."));
        SmallDisk disk = new SmallDisk(folder, holder);
        Await.until("a small disk", () -> {
            if (!holder.isAlive()) {
                throw new AssertionError("no file system can be mounted here; " + holder.tail());
            }
            return Files.exists(disk.seen("ready"));
        });
        return disk;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Wraps a command so that it runs in the mount namespace of the disk. */
    List<String> within(List<String> command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "-m", "-t", Long.toString(holder.pid())));
        if (!isRoot()) {
            all.addAll(List.of("--preserve-credentials", "-U"));
        }
        all.add("--");
        all.addAll(command);
        return all;
    }

    /** The path of a file as seen by processes in the mount namespace. */
    Path inside(String name) {
        return folder.path("mount").resolve(name);
    }

    /** The path of the same file as seen by this process. */
    public Path seen(String name) {
        return Path.of("/proc/" + holder.pid() + "/root" + inside(name));
    }

    public long usableBytes() {
        return seen(".").toFile().getUsableSpace();
    }

    /**
     * Fills the disk except for {@code left} bytes. It writes at most the currently usable bytes, so it does not
     * consume space that a master frees meanwhile.
     */
    public void fillUpTo(long left) {
        byte[] block = new byte[BLOCK];
        long remaining = usableBytes() - left;
        try (OutputStream filler = Files.newOutputStream(seen("filler-" + System.nanoTime()))) {
            while (remaining > 0 && usableBytes() > left) {
                int next = (int) Math.min(BLOCK, Math.min(remaining, usableBytes() - left));
                if (!tryWrite(filler, block, next)) {
                    return;
                }
                remaining -= next;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes bytes. Returns false if the disk is full, the only reason for a tmpfs write to fail. */
    private static boolean tryWrite(OutputStream filler, byte[] block, int count) {
        try {
            filler.write(block, 0, count);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Deletes the files of {@link #fillUpTo}. */
    public void free() {
        try (var files = Files.list(seen("."))) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith("filler-")) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        holder.close();
        folder.close();
    }
}
