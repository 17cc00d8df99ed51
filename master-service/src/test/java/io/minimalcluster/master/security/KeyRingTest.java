package io.minimalcluster.master.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.DataFolder;
import io.minimalcluster.master.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class KeyRingTest {
    private static final ObjectProvider<StoredKeyLookup> NO_ADDITIONAL_KEYS =
            new StaticListableBeanFactory().getBeanProvider(StoredKeyLookup.class);

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path data;

    private KeyRing ring(SecuritySettings settings) {
        return new KeyRing(settings, new DataFolder(data), InstantSource.fixed(NOW), NO_ADDITIONAL_KEYS);
    }

    private static SecuritySettings settings(@Nullable String key, @Nullable Path file) {
        return new SecuritySettings(key, file, List.of());
    }

    @Test
    void keysAreCreatedOnceAndReadLater() throws IOException {
        ring(settings(null, null));
        String created = Files.readString(data.resolve("authkey")).strip();
        assertThat(ring(settings("", Path.of(""))).callerOf(created)).isPresent();
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
        assertThat(ring.callerOf("correct-horse")).isPresent();
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void keyIsReadFromAFile() throws IOException {
        Path file = Files.writeString(data.resolve("elsewhere"), "correct-horse\n");
        assertThat(ring(settings(null, file)).callerOf("correct-horse")).isPresent();
    }

    @Test
    void keyFileMayBeginWithAByteOrderMark() throws IOException {
        Path file = Files.writeString(data.resolve("elsewhere"), "\ufeffcorrect-horse\r\n");
        assertThat(ring(settings(null, file)).callerOf("correct-horse")).isPresent();
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
        assertThat(ring(withNamedKey(NOW.plusSeconds(1))).callerOf("secret")).isPresent();
        assertThat(ring(withNamedKey(NOW)).callerOf("secret")).isEmpty();
    }

    @Test
    void localWorkerKeyHasTheWorkerRole() {
        KeyRing ring = ring(settings(null, null));
        assertThat(ring.callerOf(ring.localWorkerKey()).orElseThrow().roles()).containsExactly(Role.WORKER);
    }

    @Test
    void settingsToStringHidesTheKey() {
        assertThat(settings("correct-horse", null).toString()).doesNotContain("horse");
    }

    private static SecuritySettings withNamedKey(Instant expiry) {
        String digest = HexFormat.of().formatHex(Key.digest("secret"));
        return new SecuritySettings(
                null, null, List.of(new SecuritySettings.NamedKey("n", Role.CLIENT, digest, expiry)));
    }
}
