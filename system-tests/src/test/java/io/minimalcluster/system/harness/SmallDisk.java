package io.minimalcluster.system.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file system of a few megabytes. It is mounted in a namespace of its own, which a process holds open: so it needs no
 * privilege where users may have namespaces, and is gone with that process. Linux alone has such; elsewhere it can't be
 * made, and that fails.
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

    /** A command that runs where the disk is mounted. */
    List<String> within(List<String> command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "-m", "-t", Long.toString(holder.pid())));
        if (!isRoot()) {
            all.addAll(List.of("--preserve-credentials", "-U"));
        }
        all.add("--");
        all.addAll(command);
        return all;
    }

    /** A file on it, as processes see it that run there. */
    Path inside(String name) {
        return folder.path("mount").resolve(name);
    }

    /** The same file as this process sees it. */
    public Path seen(String name) {
        return Path.of("/proc/" + holder.pid() + "/root" + inside(name));
    }

    public long usableBytes() {
        return seen(".").toFile().getUsableSpace();
    }

    /**
     * Fills it, as others may do, but for so many bytes: with as much as there is room for now, and not with what a
     * master gives up meanwhile.
     */
    public void fillUpTo(long left) {
        byte[] block = new byte[BLOCK];
        long most = usableBytes() - left;
        try (OutputStream filler = Files.newOutputStream(seen("filler-" + System.nanoTime()))) {
            while (most > 0 && usableBytes() > left) {
                int next = (int) Math.min(BLOCK, Math.min(most, usableBytes() - left));
                if (!isWritten(filler, block, next)) {
                    return;
                }
                most -= next;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** False where others have filled it meanwhile, for a file system in memory fails for nothing else. */
    private static boolean isWritten(OutputStream filler, byte[] block, int count) {
        try {
            filler.write(block, 0, count);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Takes away what filled it. */
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
