package io.minimalcluster.client.cli.option;

import io.minimalcluster.client.Authkey;
import io.minimalcluster.client.Client;
import io.minimalcluster.client.local.ClusterFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * Which master is meant and by which key, the same for every command. The help of a command only points to them: they
 * are described in that of the whole.
 */
public final class MasterOptions {
    static final String URL_VARIABLE = "MINIMALCLUSTER_URL";
    static final String KEY_VARIABLE = "MINIMALCLUSTER_AUTHKEY";
    public static final String HOME_VARIABLE = "HOME";
    private static final String USUAL_URL = "http://localhost:8080";
    /** Where a master started in this folder keeps its address and its key. */
    private static final String USUAL_DATA = "data";
    /** Where a cluster that stays is kept, below the home of its user. */
    private static final String USUAL_CLUSTER = ".minimalcluster";

    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

    private final CliContext here;

    @Option(names = "--url", scope = ScopeType.INHERIT, hidden = true, paramLabel = "URL")
    private @Nullable String url;

    @Option(names = "--key-file", scope = ScopeType.INHERIT, hidden = true, paramLabel = "FILE")
    private @Nullable Path keyFile;

    @Option(names = "--data", scope = ScopeType.INHERIT, hidden = true, paramLabel = "FOLDER")
    private @Nullable Path clusterFolder;

    public MasterOptions(CliContext here) {
        this.here = here;
    }

    /** The cluster that {@code up} starts. */
    public ClusterFolder cluster() {
        if (clusterFolder != null) {
            return new ClusterFolder(
                    here.folder().resolve(clusterFolder).toAbsolutePath().normalize());
        }
        return usualCluster().orElseThrow(() -> new UsageException("no home folder: give --data"));
    }

    private Optional<ClusterFolder> usualCluster() {
        return Optional.ofNullable(here.environment().get(HOME_VARIABLE))
                .map(home -> new ClusterFolder(Path.of(home).resolve(USUAL_CLUSTER)));
    }

    /** A master, and the key for it. */
    public record Endpoint(URI address, Authkey key) {
        public Client client() {
            return new Client(address, key);
        }
    }

    public Client client() {
        return endpoint().client();
    }

    public Endpoint endpoint() {
        if (isDataAlone()) {
            return ofFolder(cluster().data()); // what is said here goes before what is set
        }
        String named = url != null ? url : here.environment().get(URL_VARIABLE);
        Authkey key = givenKey();
        if (named == null && key == null) {
            return ofFolder(nearest());
        }
        if (key == null) {
            throw new UsageException("no key: set " + KEY_VARIABLE + " or give --key-file");
        }
        return new Endpoint(address(named == null ? USUAL_URL : named), key);
    }

    private boolean isDataAlone() {
        return clusterFolder != null && url == null && keyFile == null;
    }

    /** Whether options or variables name a master, or one was started in this folder and none by {@code up}. */
    public boolean isOtherThanUps() {
        if (isDataAlone()) {
            return false;
        }
        Set<String> variables = here.environment().keySet();
        return url != null
                || keyFile != null
                || variables.contains(URL_VARIABLE)
                || variables.contains(KEY_VARIABLE)
                || isOfThisFolderAlone();
    }

    private boolean isOfThisFolderAlone() {
        return isReady(here.folder().resolve(USUAL_DATA))
                && usualCluster().filter(ClusterFolder::isUsed).isEmpty();
    }

    /** Those of these options that were given, for a command that is suggested. */
    public String repeated() {
        return given("--url", url) + given("--key-file", keyFile) + given("--data", clusterFolder);
    }

    private static String given(String option, @Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        return " " + option + " " + (PLAIN_WORD.matcher(text).matches() ? text : "'" + text + "'");
    }

    private @Nullable Authkey givenKey() {
        if (keyFile != null) {
            return keyIn(here.folder().resolve(keyFile));
        }
        String secret = here.environment().get(KEY_VARIABLE);
        return secret == null ? null : checked(secret);
    }

    /** The data of a master that was started in this folder, else of the cluster that stays. */
    private Path nearest() {
        Path ofThisFolder = here.folder().resolve(USUAL_DATA);
        Optional<Path> ofUser = usualCluster().map(ClusterFolder::data).filter(MasterOptions::isReady);
        return isReady(ofThisFolder) || ofUser.isEmpty() ? ofThisFolder : ofUser.get();
    }

    private static boolean isReady(Path data) {
        return Files.exists(data.resolve("authkey")) && Files.exists(data.resolve("master.url"));
    }

    /**
     * Address and key are taken from the folder together or not at all, so that no key goes where it does not belong.
     */
    private static Endpoint ofFolder(Path data) {
        Path key = data.resolve("authkey");
        if (!Files.exists(key)) {
            throw new UsageException(
                    "which master? Start one with ./minimalcluster up, or give --url and --key-file, or set "
                            + URL_VARIABLE + " and " + KEY_VARIABLE
                            + ", or go to the folder where ./minimalcluster master runs");
        }
        Path address = data.resolve("master.url");
        try {
            return new Endpoint(
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
