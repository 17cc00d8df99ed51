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
 * Unpacks the libraries of a bundle into files beside it, because a class loader cannot read nested jars. Libraries are
 * stored uncompressed, so the size of the bundle bounds their total size. File names are generated.
 */
final class UnpackedLibraries {
    private static final String FOLDER = "META-INF/minimalcluster/libraries/";
    private static final int MAX_LIBRARIES = 200;
    private static final int BUFFER = 1 << 16;

    private UnpackedLibraries() {}

    /**
     * Unpacks the libraries in class path order, which is the order of their names. Returns none for a malformed jar,
     * which the executor rejects later.
     */
    static List<Path> of(Path bundle) throws IOException {
        try (ZipFile jar = new ZipFile(bundle.toFile())) {
            return of(bundle, jar);
        } catch (ZipException _) {
            return List.of();
        }
    }

    private static List<Path> of(Path bundle, ZipFile jar) throws IOException {
        List<Path> files = new ArrayList<>();
        boolean complete = false;
        try {
            ByteBudget budget = new ByteBudget(Files.size(bundle));
            for (ZipEntry entry : libraries(jar)) {
                Path file = bundle.resolveSibling(bundle.getFileName() + "." + files.size());
                Files.deleteIfExists(file);
                files.add(file);
                unpack(jar, entry, file, budget);
            }
            complete = true;
            return files;
        } finally {
            if (!complete) {
                delete(files);
            }
        }
    }

    private static List<? extends ZipEntry> libraries(ZipFile jar) throws IOException {
        List<? extends ZipEntry> libraries = Collections.list(jar.entries()).stream()
                .filter(entry -> entry.getName().startsWith(FOLDER) && !entry.isDirectory())
                .sorted(Comparator.comparing(ZipEntry::getName))
                .toList();
        if (libraries.size() > MAX_LIBRARIES) {
            throw new IOException("a bundle with " + libraries.size() + " libraries");
        }
        return libraries;
    }

    private static void unpack(ZipFile jar, ZipEntry entry, Path file, ByteBudget budget) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = jar.getInputStream(entry);
                OutputStream out = Files.newOutputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                budget.take(read);
                out.write(buffer, 0, read);
            }
        }
    }

    static void delete(List<Path> files) {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException _) {
                file.toFile().deleteOnExit(); // on Windows an open file cannot be deleted
            }
        }
    }

    /** The number of bytes that may still be unpacked. */
    private static final class ByteBudget {
        private long remaining;

        ByteBudget(long remaining) {
            this.remaining = remaining;
        }

        void take(int bytes) throws IOException {
            remaining -= bytes;
            if (remaining < 0) {
                throw new IOException("a bundle with libraries larger than the bundle");
            }
        }
    }
}
