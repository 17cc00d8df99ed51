package io.minimalcluster.client.cli;

import io.minimalcluster.client.Authkey;
import io.minimalcluster.client.Client;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Which master is meant and by which key, the same for every command. */
final class MasterOptions {
    static final String URL_VARIABLE = "MINIMALCLUSTER_URL";
    static final String KEY_VARIABLE = "MINIMALCLUSTER_AUTHKEY";
    private static final String USUAL_URL = "http://localhost:8080";
    /** Where a master started in this folder keeps its address and its key. */
    private static final String USUAL_DATA = "data";

    private final Surroundings here;

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description = "The master's address; else $" + URL_VARIABLE + ", else the master of this folder.")
    private @Nullable String url;

    @Option(
            names = "--key-file",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Holds the key; else $" + KEY_VARIABLE + ", else the key of the master of this folder.")
    private @Nullable Path keyFile;

    MasterOptions(Surroundings here) {
        this.here = here;
    }

    Client client() {
        String named = url != null ? url : here.environment().get(URL_VARIABLE);
        Authkey key = givenKey();
        if (named == null && key == null) {
            return ofThisFolder();
        }
        if (key == null) {
            throw new UsageException("no key: set " + KEY_VARIABLE + " or give --key-file");
        }
        return new Client(address(named == null ? USUAL_URL : named), key);
    }

    private @Nullable Authkey givenKey() {
        if (keyFile != null) {
            return keyIn(here.folder().resolve(keyFile));
        }
        String secret = here.environment().get(KEY_VARIABLE);
        return secret == null ? null : checked(secret);
    }

    /**
     * Address and key are taken from the folder together or not at all, so that no key goes where it does not belong.
     */
    private Client ofThisFolder() {
        Path data = here.folder().resolve(USUAL_DATA);
        Path key = data.resolve("authkey");
        if (!Files.exists(key)) {
            throw new UsageException("which master? Give --url and --key-file, or set " + URL_VARIABLE + " and "
                    + KEY_VARIABLE + ", or go to the folder where ./minimalcluster master runs");
        }
        Path address = data.resolve("master.url");
        try {
            return new Client(
                    address(Files.exists(address) ? Files.readString(address).strip() : USUAL_URL), keyIn(key));
        } catch (IOException e) {
            throw new UsageException("can't read " + address + ": " + e.getMessage());
        }
    }

    private static Authkey keyIn(Path file) {
        try {
            return Authkey.in(file);
        } catch (IOException e) {
            throw new UsageException("can't read the key in " + file);
        } catch (IllegalArgumentException e) {
            throw new UsageException(file + ": " + e.getMessage());
        }
    }

    private static Authkey checked(String secret) {
        try {
            return new Authkey(secret.strip());
        } catch (IllegalArgumentException e) {
            throw new UsageException(KEY_VARIABLE + ": " + e.getMessage());
        }
    }

    private static URI address(String text) {
        try {
            URI address = URI.create(text);
            if (address.getHost() != null
                    && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // said below, as for any other address that is none
        }
        throw new UsageException("not an address: " + text + " (it looks like " + USUAL_URL + ")");
    }
}
