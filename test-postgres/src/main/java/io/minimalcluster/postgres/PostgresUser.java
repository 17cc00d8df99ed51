package io.minimalcluster.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Who runs the server: PostgreSQL refuses to run as root, so root hands it to {@code nobody}. */
final class PostgresUser {
    private static final String NOBODY = "nobody";

    private PostgresUser() {}

    /** What goes before a command. */
    static List<String> prefix() {
        return isRoot()
                ? List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + id("-g"), "--clear-groups", "--")
                : List.of();
    }

    /** Gives it the folder, with nothing in it yet. */
    static void own(Path folder) throws IOException {
        if (isRoot()) {
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY));
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static String id(String which) {
        try {
            Process process = new ProcessBuilder("id", which, NOBODY).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
