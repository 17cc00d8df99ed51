package io.minimalcluster.master.security.key;

import io.minimalcluster.master.DataFolder;
import io.minimalcluster.master.StartupException;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.Role;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The valid keys: configured keys, otherwise two generated keys in the data folder, and {@link StoredKeys}. */
@Component
public final class KeyRing {
    private final List<Key> keys;
    private final String localWorkerKey = KeyFile.random();
    private final InstantSource clock;
    private final StoredKeys stored;

    KeyRing(KeySettings settings, DataFolder folder, InstantSource clock, StoredKeys stored) {
        this.clock = clock;
        this.stored = stored;
        List<Key> all = new ArrayList<>(settings.isEmpty() ? generated(folder) : configured(settings));
        all.add(key("local-worker", Set.of(Role.WORKER), localWorkerKey));
        this.keys = List.copyOf(all);
    }

    /** The key of the local worker, generated at each start and never stored. */
    public String localWorkerKey() {
        return localWorkerKey;
    }

    /**
     * The caller with a key; empty if the key is unknown, revoked or expired. Compares all configured keys, so that
     * timing reveals nothing.
     *
     * @param sha256 digest of the key in lower-case hex
     */
    public Optional<Caller> callerOf(String sha256) {
        Instant now = clock.instant();
        Key found = null;
        for (Key key : keys) {
            if (key.matches(sha256) && key.isValid(now)) {
                found = key;
            }
        }
        return found == null ? stored.callerOf(sha256) : Optional.of(found.caller());
    }

    /** Whether a configured or generated key has the name. */
    public boolean isTaken(String name) {
        return keys.stream().anyMatch(key -> key.caller().owner().equals(name));
    }

    /** Generates a secret and its digest. */
    public static NewSecret newSecret() {
        String secret = KeyFile.random();
        return new NewSecret(secret, Key.digest(secret));
    }

    /**
     * A generated secret, which is disclosed once.
     *
     * @param sha256 digest in lower-case hex, for storage
     */
    public record NewSecret(String secret, String sha256) {
        @Override
        public String toString() {
            return "NewSecret";
        }
    }

    private static List<Key> generated(DataFolder folder) {
        return List.of(
                key("authkey", EnumSet.allOf(Role.class), new KeyFile(folder.file("authkey")).readOrCreate()),
                key("worker", Set.of(Role.WORKER), new KeyFile(folder.file("worker.key")).readOrCreate()));
    }

    private static List<Key> configured(KeySettings settings) {
        List<Key> keys = new ArrayList<>();
        if (!KeySettings.isBlank(settings.authkey()) && !KeySettings.isBlank(settings.authkeyFile())) {
            throw new StartupException("set minimalcluster.authkey or minimalcluster.authkey-file, not both");
        }
        if (!KeySettings.isBlank(settings.authkey())) {
            keys.add(key("authkey", EnumSet.allOf(Role.class), validated(settings.authkey())));
        }
        if (!KeySettings.isBlank(settings.authkeyFile())) {
            String secret = new KeyFile(Objects.requireNonNull(settings.authkeyFile())).read();
            keys.add(key("authkey", EnumSet.allOf(Role.class), secret));
        }
        settings.keys().stream()
                .map(named ->
                        new Key(new Caller(named.name(), Set.of(named.role())), named.digest(), named.expiresAt()))
                .forEach(keys::add);
        return keys;
    }

    private static String validated(@Nullable String secret) {
        String key = secret == null ? "" : secret.strip();
        if (!Key.isPossible(key)) {
            throw new StartupException(
                    "minimalcluster.authkey must be visible ASCII, at most " + Key.MAX_LENGTH + " characters");
        }
        return key;
    }

    private static Key key(String name, Set<Role> roles, String secret) {
        return new Key(new Caller(name, roles), Key.digest(secret), null);
    }
}
