package io.minimalcluster.client.cli.output;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file that is written under a temporary name and gets its own name when it is complete. A symbolic link stays, and
 * the file that it leads to is written. A pipe or a device, such as {@code /dev/null}, is written directly.
 */
public final class OutputFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int MAX_LINKS = 40;
    private static final List<String> OPEN_FILES = List.of("/dev/stdout", "/dev/stderr", "/dev/fd");

    private final Path file;
    private final Path part;
    private final PrintStream stream;

    public OutputFile(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a folder");
        }
        boolean isSpecial = Files.exists(file) && (!Files.isRegularFile(file) || isOfSystem(file));
        this.file = isSpecial ? file : target(file);
        this.part = isSpecial ? file : this.file.resolveSibling(this.file.getFileName() + ".part");
        this.stream = new PrintStream(
                new BufferedOutputStream(
                        isSpecial
                                ? Files.newOutputStream(file, StandardOpenOption.APPEND)
                                : Files.newOutputStream(part),
                        BUFFER),
                false,
                StandardCharsets.UTF_8);
    }

    /** Whether a file stands for an open one, such as {@code /dev/stdout}, which may be a regular file. */
    private static boolean isOfSystem(Path file) {
        Path path = file.toAbsolutePath().normalize();
        return path.startsWith("/proc") || OPEN_FILES.stream().anyMatch(path::startsWith);
    }

    /** The file at the end of symbolic links, which may be missing. */
    private static Path target(Path file) throws IOException {
        Path at = file;
        for (int links = 0; Files.isSymbolicLink(at); links++) {
            if (links == MAX_LINKS) {
                throw new FileSystemException(file.toString(), null, "its links have no end");
            }
            at = at.resolveSibling(Files.readSymbolicLink(at));
        }
        return at;
    }

    public PrintStream stream() {
        return stream;
    }

    /** Gives the file its name. */
    public void complete() throws IOException {
        stream.close();
        if (stream.checkError()) {
            throw new FileSystemException(part.toString(), null, "not all of it could be written");
        }
        if (isPart()) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Deletes an incomplete file. */
    @Override
    public void close() throws IOException {
        stream.close();
        if (isPart()) {
            Files.deleteIfExists(part);
        }
    }

    private boolean isPart() {
        return !part.equals(file);
    }
}
