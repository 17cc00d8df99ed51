package io.minimalcluster.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The user id of the server. PostgreSQL does not run as root, so root runs it as {@code nobody}. */
final class PostgresUser {
    private static final String NOBODY = "nobody";

    private PostgresUser() {}

    /** The command prefix that switches the user. */
    static List<String> prefix() {
        return isRoot()
                ? List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + id("-g"), "--clear-groups", "--")
                : List.of();
    }

    /** Makes the user the owner of an empty folder. */
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

    private static String id(String option) {
        try {
            Process process = new ProcessBuilder("id", option, NOBODY).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
