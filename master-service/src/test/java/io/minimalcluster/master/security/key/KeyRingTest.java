package io.minimalcluster.master.security.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.StartupException;
import io.minimalcluster.master.security.Role;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    static Path storeFolder;

    static Store store;

    @TempDir
    Path data;

    @BeforeAll
    static void open() {
        store = TestStore.in(storeFolder);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private KeyRing ring(KeySettings settings) {
        return KeyCalls.ring(settings, data, store, InstantSource.fixed(NOW));
    }

    private static KeySettings settings(@Nullable String key, @Nullable Path file) {
        return new KeySettings(key, file, List.of());
    }

    @Test
    void keysAreCreatedOnceAndReadLater() throws IOException {
        ring(settings(null, null));
        String created = Files.readString(data.resolve("authkey")).strip();
        assertThat(ring(settings("", Path.of(""))).callerOf(Key.digest(created)))
                .isPresent();
        assertThat(Files.readString(data.resolve("authkey")).strip()).isEqualTo(created);
    }

    @Test
    void createdKeyFilesAreReadableByTheirOwnerOnly() throws IOException {
        ring(settings(null, null));
        for (String name : List.of("authkey", "worker.key")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(name))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void configuredKeyPreventsCreatedKeys() {
        KeyRing ring = ring(settings("correct-horse", null));
        assertThat(ring.callerOf(Key.digest("correct-horse"))).isPresent();
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void keyIsReadFromAFile() throws IOException {
        Path file = Files.writeString(data.resolve("elsewhere"), "correct-horse\n");
        assertThat(ring(settings(null, file)).callerOf(Key.digest("correct-horse")))
                .isPresent();
    }

    @Test
    void keyFileMayBeginWithAByteOrderMark() throws IOException {
        Path file = Files.writeString(data.resolve("elsewhere"), "\ufeffcorrect-horse\r\n");
        assertThat(ring(settings(null, file)).callerOf(Key.digest("correct-horse")))
                .isPresent();
    }

    @Test
    void invalidKeySettingsAreRejected() throws IOException {
        Path file = Files.writeString(data.resolve("elsewhere"), "\n");
        assertThatThrownBy(() -> ring(settings(null, file))).isInstanceOf(StartupException.class);
        assertThatThrownBy(() -> ring(settings(null, data.resolve("missing")))).isInstanceOf(StartupException.class);
        assertThatThrownBy(() -> ring(settings("a", file))).isInstanceOf(StartupException.class);
        assertThatThrownBy(() -> ring(settings("two words", null))).isInstanceOf(StartupException.class);
    }

    @Test
    void expiredKeyIsUnknown() {
        assertThat(ring(withNamedKey(NOW.plusSeconds(1))).callerOf(Key.digest("secret")))
                .isPresent();
        assertThat(ring(withNamedKey(NOW)).callerOf(Key.digest("secret"))).isEmpty();
    }

    @Test
    void localWorkerKeyHasTheWorkerRole() {
        KeyRing ring = ring(settings(null, null));
        assertThat(ring.callerOf(Key.digest(ring.localWorkerKey()))
                        .orElseThrow()
                        .roles())
                .containsExactly(Role.WORKER);
    }

    @Test
    void settingsToStringHidesTheKey() {
        assertThat(settings("correct-horse", null).toString()).doesNotContain("horse");
    }

    private static KeySettings withNamedKey(Instant expiry) {
        String digest = Key.digest("secret").toUpperCase(Locale.ROOT);
        return new KeySettings(null, null, List.of(new KeySettings.NamedKey("n", Role.CLIENT, digest, expiry)));
    }
}
