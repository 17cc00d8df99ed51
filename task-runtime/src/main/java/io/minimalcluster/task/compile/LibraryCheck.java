package io.minimalcluster.task.compile;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Checks a library by reading every entry. Uncompressed sizes are limited and must match the directory. Signatures must
 * be valid; the signer does not matter.
 */
final class LibraryCheck {
    private static final int MAX_ENTRIES = 50_000;
    private static final int BUFFER = 1 << 16;
    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/\\d+/");
    private static final Pattern ROOTED = Pattern.compile("/.*|[A-Za-z]:.*", Pattern.DOTALL);

    /**
     * Packages to which no library may add classes. Unlike sources, libraries may use {@code javax}, because many do.
     */
    private static final List<String> RESERVED = List.of("java/", "jdk/", "sun/", "io/minimalcluster/");

    /** Packages of the client, which code that calls a cluster refers to. Loaders of user code have no others. */
    private static final List<String> OF_CLIENT =
            List.of("io/minimalcluster/client/", "io/minimalcluster/model/", "io/minimalcluster/task/");

    private final byte[] buffer = new byte[BUFFER];
    private long left;

    /** @param maxUncompressed the maximum uncompressed size of all libraries that this instance checks */
    LibraryCheck(long maxUncompressed) {
        this.left = maxUncompressed;
    }

    void check(String library, JarFile jar) throws InvalidFileException, IOException {
        if (jar.size() > MAX_ENTRIES) {
            throw new InvalidFileException(library, "it has more than " + MAX_ENTRIES + " entries");
        }
        Set<String> names = new HashSet<>();
        for (JarEntry entry : Collections.list(jar.entries())) {
            checkName(library, entry.getName());
            boolean mayRepeat = mayRepeat(entry.getName());
            if (names.add(entry.getName())) {
                read(library, jar, mayRepeat ? jar.getJarEntry(entry.getName()) : entry);
            } else if (!mayRepeat) {
                throw new InvalidFileException(library, "it has two entries " + entry.getName());
            }
        }
    }

    /** Merged jars repeat licences, notices and folders of META-INF. Only one entry of a name is ever read. */
    private static boolean mayRepeat(String name) {
        return name.startsWith("META-INF/") && !name.endsWith(".class");
    }

    private static void checkName(String library, String name) throws InvalidFileException {
        boolean escapes = ROOTED.matcher(name).matches()
                || name.indexOf('\\') >= 0
                || List.of(name.split("/", -1)).contains("..");
        if (escapes || name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidFileException(
                    library, "it has an entry outside its root folder: " + FileNameCheck.printable(name));
        }
        String base = VERSIONED.matcher(name).replaceFirst("");
        boolean isReserved = RESERVED.stream().anyMatch(base::startsWith)
                && OF_CLIENT.stream().noneMatch(base::startsWith);
        if (name.endsWith(".class") && isReserved) {
            throw new InvalidFileException(
                    library, "it has a class in a package that belongs to the platform: " + name);
        }
    }

    private void read(String library, JarFile jar, JarEntry entry) throws InvalidFileException, IOException {
        CRC32 sum = new CRC32();
        long count = 0;
        try (InputStream in = jar.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sum.update(buffer, 0, read);
                count += read;
                if (count > left) {
                    throw new InvalidFileException(
                            library, "the uncompressed libraries are too large, at " + entry.getName());
                }
            }
        }
        left -= count;
        if (count != entry.getSize() || sum.getValue() != entry.getCrc()) {
            throw new InvalidFileException(library, "its entry " + entry.getName() + " does not match the directory");
        }
    }
}
