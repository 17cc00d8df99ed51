package io.minimalcluster.master.security.key;

import io.minimalcluster.master.security.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The configured keys. Blank values count as absent.
 *
 * @param authkey key with all roles
 * @param authkeyFile file with that key, alternative to {@code authkey}
 * @param keys named keys with one role each, by digest
 */
@ConfigurationProperties("minimalcluster")
record KeySettings(
        @Nullable String authkey,
        @Nullable Path authkeyFile,
        @DefaultValue List<NamedKey> keys) {
    KeySettings {
        keys = List.copyOf(keys);
        if (keys.stream().map(NamedKey::name).distinct().count() < keys.size()) {
            throw new IllegalArgumentException("minimalcluster.keys: two keys have the same name");
        }
    }

    /** Whether no key is configured. */
    boolean isEmpty() {
        return isBlank(authkey) && isBlank(authkeyFile) && keys.isEmpty();
    }

    static boolean isBlank(@Nullable Object value) {
        return value == null || value.toString().isBlank();
    }

    /** Contains no secret. */
    @Override
    public String toString() {
        return "KeySettings[" + keys.size() + " named keys]";
    }

    /**
     * A key with one role.
     *
     * @param name see {@link KeyName}; the owner of the resources that its callers create
     * @param sha256 SHA-256 of the key, 64 hex digits
     * @param expiresAt null for never
     */
    record NamedKey(
            String name, Role role, String sha256, @Nullable Instant expiresAt) {
        NamedKey {
            if (!KeyName.isValid(name)) {
                throw new IllegalArgumentException("minimalcluster.keys: name must be " + KeyName.FORMAT);
            }
            if (!sha256.matches("[0-9a-fA-F]{64}")) {
                throw new IllegalArgumentException("minimalcluster.keys: sha256 of " + name + " must be 64 hex digits");
            }
        }

        String digest() {
            return sha256.toLowerCase(Locale.ROOT);
        }
    }
}
