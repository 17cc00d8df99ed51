package io.minimalcluster.master.security;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys that are known from the start. Blank is the same as absent.
 *
 * @param authkey the key with every role
 * @param authkeyFile a file with that key in it, in place of it
 * @param keys keys with a role each, known by their digests
 */
@ConfigurationProperties("minimalcluster")
record SecuritySettings(
        @Nullable String authkey,
        @Nullable Path authkeyFile,
        @DefaultValue List<NamedKey> keys) {
    SecuritySettings {
        keys = List.copyOf(keys);
        if (keys.stream().map(NamedKey::name).distinct().count() < keys.size()) {
            throw new IllegalArgumentException("minimalcluster.keys: two keys have the same name");
        }
    }

    /** Whether nobody said which keys there are. */
    boolean isEmpty() {
        return isBlank(authkey) && isBlank(authkeyFile) && keys.isEmpty();
    }

    static boolean isBlank(@Nullable Object value) {
        return value == null || value.toString().isBlank();
    }

    /** Shows no key where the settings are printed. */
    @Override
    public String toString() {
        return "SecuritySettings[" + keys.size() + " named keys]";
    }

    /**
     * A key with one role.
     *
     * @param name 1 to 64 letters, digits, dots, hyphens and underscores; what it makes belongs to this name
     * @param sha256 64 hex digits: the digest of the secret
     * @param expiresAt null for never
     */
    record NamedKey(
            String name, Role role, String sha256, @Nullable Instant expiresAt) {
        NamedKey {
            if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
                throw new IllegalArgumentException("minimalcluster.keys: name must be 1 to 64 of A-Z a-z 0-9 . _ -");
            }
            if (!sha256.matches("[0-9a-fA-F]{64}")) {
                throw new IllegalArgumentException("minimalcluster.keys: sha256 of " + name + " must be 64 hex digits");
            }
        }

        byte[] digest() {
            return HexFormat.of().parseHex(sha256);
        }
    }
}
