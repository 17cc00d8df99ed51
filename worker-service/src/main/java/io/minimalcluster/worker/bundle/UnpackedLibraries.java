package io.minimalcluster.worker.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The libraries that a bundle carries, as files beside it: a class loader reads no jar in a jar. They are stored in it
 * as they are, so all of them together are no longer than it; the names of the files are ours.
 */
final class UnpackedLibraries {
    private static final String FOLDER = "META-INF/minimalcluster/libraries/";
    private static final int MOST = 200;
    private static final int BUFFER = 1 << 16;

    private UnpackedLibraries() {}

    /** In the order of the class path, which is that of their names. What is no jar at all the executor will refuse. */
    static List<Path> of(Path bundle) throws IOException {
        try (ZipFile jar = new ZipFile(bundle.toFile())) {
            return of(bundle, jar);
        } catch (ZipException _) {
            return List.of();
        }
    }

    private static List<Path> of(Path bundle, ZipFile jar) throws IOException {
        List<Path> files = new ArrayList<>();
        boolean whole = false;
        try {
            Room room = new Room(Files.size(bundle));
            for (ZipEntry entry : libraries(jar)) {
                Path file = bundle.resolveSibling(bundle.getFileName() + "." + files.size());
                Files.deleteIfExists(file);
                files.add(file);
                unpack(jar, entry, file, room);
            }
            whole = true;
            return files;
        } finally {
            if (!whole) {
                delete(files);
            }
        }
    }

    private static List<? extends ZipEntry> libraries(ZipFile jar) throws IOException {
        List<? extends ZipEntry> libraries = Collections.list(jar.entries()).stream()
                .filter(entry -> entry.getName().startsWith(FOLDER) && !entry.isDirectory())
                .sorted(Comparator.comparing(ZipEntry::getName))
                .toList();
        if (libraries.size() > MOST) {
            throw new IOException("a bundle with " + libraries.size() + " libraries");
        }
        return libraries;
    }

    private static void unpack(ZipFile jar, ZipEntry entry, Path file, Room room) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = jar.getInputStream(entry);
                OutputStream out = Files.newOutputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                room.take(read);
                out.write(buffer, 0, read);
            }
        }
    }

    static void delete(List<Path> files) {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException _) {
                file.toFile().deleteOnExit(); // Windows keeps a file that an executor still has open
            }
        }
    }

    /** How many bytes there may still be. */
    private static final class Room {
        private long left;

        Room(long left) {
            this.left = left;
        }

        void take(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("a bundle whose libraries are longer than it is");
            }
        }
    }
}
