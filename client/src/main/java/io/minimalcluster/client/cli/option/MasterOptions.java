package io.minimalcluster.client.cli.option;

import io.minimalcluster.client.Authkey;
import io.minimalcluster.client.Client;
import io.minimalcluster.client.local.ClusterFolder;
import io.minimalcluster.model.support.TlsFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The options that select a master and its key. They are inherited by every command and described in the help of the
 * root command.
 */
public final class MasterOptions {
    static final String URL_VARIABLE = "MINIMALCLUSTER_URL";
    static final String KEY_VARIABLE = "MINIMALCLUSTER_AUTHKEY";
    static final String CA_VARIABLE = "MINIMALCLUSTER_CA_FILE";
    public static final String HOME_VARIABLE = "HOME";
    private static final String DEFAULT_URL = "http://localhost:8080";
    /** Data folder of a master that was started in the working directory. */
    private static final String DEFAULT_DATA = "data";
    /** Folder of the background cluster, below the home of the user. */
    private static final String DEFAULT_CLUSTER = ".minimalcluster";

    private static final Pattern UNQUOTED_WORD = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

    private final CliContext context;

    @Option(names = "--url", scope = ScopeType.INHERIT, hidden = true, paramLabel = "URL")
    private @Nullable String url;

    @Option(names = "--key-file", scope = ScopeType.INHERIT, hidden = true, paramLabel = "FILE")
    private @Nullable Path keyFile;

    @Option(names = "--ca-file", scope = ScopeType.INHERIT, hidden = true, paramLabel = "FILE")
    private @Nullable Path caFile;

    @Option(names = "--data", scope = ScopeType.INHERIT, hidden = true, paramLabel = "FOLDER")
    private @Nullable Path clusterFolder;

    public MasterOptions(CliContext context) {
        this.context = context;
    }

    /** The folder of the cluster that {@code up} starts. */
    public ClusterFolder cluster() {
        if (clusterFolder != null) {
            return new ClusterFolder(
                    context.folder().resolve(clusterFolder).toAbsolutePath().normalize(), authorities());
        }
        return defaultCluster().orElseThrow(() -> new UsageException("no home folder: give --data"));
    }

    private Optional<ClusterFolder> defaultCluster() {
        return Optional.ofNullable(context.environment().get(HOME_VARIABLE))
                .map(home -> new ClusterFolder(Path.of(home).resolve(DEFAULT_CLUSTER), authorities()));
    }

    /** The file with the certificates of trusted authorities, if one is given. */
    private @Nullable Path authorities() {
        if (caFile != null) {
            return context.folder().resolve(caFile);
        }
        String named = context.environment().getOrDefault(CA_VARIABLE, "");
        return named.isBlank() ? null : context.folder().resolve(named);
    }

    /**
     * The address of a master and its key.
     *
     * @param caFile certificates of the authorities that sign the master's certificate; null for those of the JDK
     */
    public record Endpoint(
            URI address, Authkey key, @Nullable Path caFile) {
        public Client client() {
            return connect(address, key, caFile);
        }
    }

    private static Client connect(URI address, Authkey key, @Nullable Path caFile) {
        try {
            return caFile == null ? new Client(address, key) : new Client(address, key, caFile);
        } catch (NoSuchFileException _) {
            throw new UsageException("there is no file " + caFile + ", which --ca-file or " + CA_VARIABLE + " names");
        } catch (IOException e) {
            throw new UsageException("--ca-file or " + CA_VARIABLE + ": " + e.getMessage());
        }
    }

    public Client client() {
        return endpoint().client();
    }

    /** The selected master. Warns if the key is going to cross a network in plain text. */
    public Endpoint endpoint() {
        Endpoint selected = select();
        if (TlsFailure.exposesKey(selected.address())) {
            context.err()
                    .println("minimalcluster: the key is sent in plain text to " + selected.address()
                            + "; a master with TLS has an https address");
        }
        return selected;
    }

    private Endpoint select() {
        if (hasOnlyDataOption()) {
            return ofFolder(cluster().data()); // options have precedence over environment variables
        }
        String named = url != null ? url : context.environment().get(URL_VARIABLE);
        Authkey key = givenKey();
        if (named == null && key == null) {
            return ofFolder(defaultData());
        }
        if (key == null) {
            throw new UsageException("no key: set " + KEY_VARIABLE + " or give --key-file");
        }
        return new Endpoint(address(named == null ? DEFAULT_URL : named), key, authorities());
    }

    private boolean hasOnlyDataOption() {
        return clusterFolder != null && url == null && keyFile == null;
    }

    /**
     * Whether options or environment variables select another master than that of {@code up}, or only a master of the
     * working directory exists.
     */
    public boolean selectsOtherMaster() {
        if (hasOnlyDataOption()) {
            return false;
        }
        Set<String> variables = context.environment().keySet();
        return url != null
                || keyFile != null
                || variables.contains(URL_VARIABLE)
                || variables.contains(KEY_VARIABLE)
                || hasOnlyLocalMaster();
    }

    private boolean hasOnlyLocalMaster() {
        return isReady(context.folder().resolve(DEFAULT_DATA))
                && defaultCluster().filter(ClusterFolder::isUsed).isEmpty();
    }

    /** The master options that were given, as text for a suggested command. */
    public String givenOptions() {
        return optionText("--url", url)
                + optionText("--key-file", keyFile)
                + optionText("--ca-file", caFile)
                + optionText("--data", clusterFolder);
    }

    private static String optionText(String option, @Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        return " " + option + " " + (UNQUOTED_WORD.matcher(text).matches() ? text : "'" + text + "'");
    }

    private @Nullable Authkey givenKey() {
        if (keyFile != null) {
            return readKey(context.folder().resolve(keyFile));
        }
        String secret = context.environment().get(KEY_VARIABLE);
        return secret == null ? null : parseKey(secret);
    }

    /** The data folder of a master of the working directory, otherwise that of the background cluster. */
    private Path defaultData() {
        Path local = context.folder().resolve(DEFAULT_DATA);
        Optional<Path> background = defaultCluster().map(ClusterFolder::data).filter(MasterOptions::isReady);
        return isReady(local) || background.isEmpty() ? local : background.get();
    }

    private static boolean isReady(Path data) {
        return Files.exists(data.resolve("authkey")) && Files.exists(data.resolve("master.url"));
    }

    /** Reads address and key from the same folder, so that a key is never sent to another master. */
    private Endpoint ofFolder(Path data) {
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
                    address(Files.exists(address) ? Files.readString(address).strip() : DEFAULT_URL),
                    readKey(key),
                    authorities());
        } catch (IOException e) {
            throw new UsageException("can't read " + address + ": " + e.getMessage());
        }
    }

    private static Authkey readKey(Path file) {
        try {
            return Authkey.in(file);
        } catch (IOException e) {
            throw new UsageException("can't read the key in " + file);
        } catch (IllegalArgumentException e) {
            throw new UsageException(file + ": " + e.getMessage());
        }
    }

    private static Authkey parseKey(String secret) {
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
            // reported below
        }
        throw new UsageException("not an address: " + text + " (it looks like " + DEFAULT_URL + ")");
    }
}
