package io.minimalcluster.client.locate;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The address of a master with its key.
 *
 * @param caFile certificates of the authorities that sign the certificate of the master; null for those of the JDK
 */
public record MasterLocation(
        URI address, String secret, @Nullable Path caFile) {
    private static final String URL_VARIABLE = "MINIMALCLUSTER_URL";
    private static final String KEY_VARIABLE = "MINIMALCLUSTER_AUTHKEY";
    private static final String CA_VARIABLE = "MINIMALCLUSTER_CA_FILE";
    private static final String DEFAULT_URL = "http://localhost:8080";

    /**
     * Finds a master in the order of the command line: environment variables, a master of the working folder, the
     * cluster of {@code ./minimalcluster up}.
     *
     * @throws IllegalStateException if there is none
     */
    public static MasterLocation find(Map<String, String> environment, Path folder, Path home) {
        String caFile = environment.getOrDefault(CA_VARIABLE, "");
        Path authorities = caFile.isBlank() ? null : folder.resolve(caFile);
        String url = environment.get(URL_VARIABLE);
        String key = environment.get(KEY_VARIABLE);
        if (key != null) {
            return new MasterLocation(URI.create(url == null ? DEFAULT_URL : url), key.strip(), authorities);
        }
        if (url != null) {
            throw new IllegalStateException(URL_VARIABLE + " is set without " + KEY_VARIABLE);
        }
        for (Path data : List.of(folder.resolve("data"), home.resolve(".minimalcluster/data"))) {
            if (Files.exists(data.resolve("authkey")) && Files.exists(data.resolve("master.url"))) {
                return in(data, authorities);
            }
        }
        throw new IllegalStateException("no cluster found: start one with ./minimalcluster up, set " + URL_VARIABLE
                + " and " + KEY_VARIABLE + ", or give an address and a key to connect");
    }

    /** Reads address and key from one folder, so that a key is never sent to another master. */
    private static MasterLocation in(Path data, @Nullable Path authorities) {
        try {
            URI address =
                    URI.create(Files.readString(data.resolve("master.url")).strip());
            return new MasterLocation(
                    address, Files.readString(data.resolve("authkey")).strip(), authorities);
        } catch (IOException e) {
            throw new IllegalStateException("can't read the address and key of the cluster in " + data, e);
        }
    }

    /** Omits the secret, because this text may be logged. */
    @Override
    public String toString() {
        return "MasterLocation[" + address + "]";
    }
}
