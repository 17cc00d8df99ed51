package io.minimalcluster.worker.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.worker.bundle.BundleCache.Pin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class BundleCacheTest {
    private static final EnvironmentId A = new EnvironmentId("env-a");
    private static final EnvironmentId B = new EnvironmentId("env-b");
    private static final EnvironmentId C = new EnvironmentId("env-c");

    private static final BundleLimits ONE = new BundleLimits(1, 1 << 20);

    @TempDir
    private Path folder;

    private final AtomicInteger fetched = new AtomicInteger();

    private BundleCache bundles(BundleLimits limits) {
        return new BundleCache(folder, this::fetch, limits);
    }

    private void fetch(EnvironmentId environment, Path file) throws IOException {
        fetched.incrementAndGet();
        Files.writeString(file, environment.value());
    }

    @Test
    void concurrentRequestsFetchABundleOnce() throws Exception {
        CountDownLatch asking = new CountDownLatch(8);
        BundleCache bundles = new BundleCache(
                folder,
                (environment, file) -> {
                    asking.await();
                    fetch(environment, file);
                },
                BundleLimits.DEFAULT);
        Callable<String> ask = () -> {
            asking.countDown();
            try (Pin pin = bundles.pin(A)) {
                return Files.readString(pin.file());
            }
        };
        List<Future<String>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(ask));
            }
        }
        for (Future<String> answer : answers) {
            assertThat(answer.get()).isEqualTo("env-a");
        }
        assertThat(fetched).hasValue(1);
    }

    @Test
    void failedFetchIsRetried() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        BundleCache bundles = new BundleCache(
                folder,
                (environment, file) -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new IOException("not yet");
                    }
                    fetch(environment, file);
                },
                BundleLimits.DEFAULT);
        assertThatIOException().isThrownBy(() -> bundles.pin(A)).withMessage("not yet");
        try (Pin pin = bundles.pin(A)) {
            assertThat(pin.file()).hasContent("env-a");
        }
    }

    @Test
    void evictsTheLeastRecentlyUsedBeyondTheCount() throws Exception {
        BundleCache bundles = bundles(new BundleLimits(2, 1000));
        bundles.pin(A).close();
        bundles.pin(B).close();
        bundles.pin(A).close();
        bundles.pin(C).close();
        assertThat(names()).containsExactlyInAnyOrder("env-a.jar", "env-c.jar");
    }

    @Test
    void evictsTheLeastRecentlyUsedBeyondTheBytes() throws Exception {
        BundleCache bundles = bundles(new BundleLimits(10, 10));
        bundles.pin(A).close();
        bundles.pin(B).close();
        bundles.pin(C).close();
        assertThat(names()).containsExactlyInAnyOrder("env-b.jar", "env-c.jar");
    }

    @Test
    void bundleInUseIsNotEvicted() throws Exception {
        BundleCache bundles = bundles(new BundleLimits(1, 1));
        Pin used = bundles.pin(A);
        bundles.pin(B).close();
        assertThat(used.file()).exists();
        assertThat(names()).containsExactly("env-a.jar");
        used.close();
        assertThat(names()).isEmpty();
    }

    @Test
    void idWithAPathIsRejected() {
        BundleCache bundles = bundles(BundleLimits.DEFAULT);
        assertThatIOException().isThrownBy(() -> bundles.pin(new EnvironmentId("../../etc/passwd")));
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void librariesAreUnpackedBesideTheBundle() throws Exception {
        BundleCache bundles = new BundleCache(folder, (_, file) -> jar(file, ZipEntry.STORED, "first", "second"), ONE);

        try (Pin pin = bundles.pin(A)) {
            assertThat(pin.libraries()).hasSize(2);
            assertThat(Files.readString(pin.libraries().getFirst())).isEqualTo("first");
            assertThat(Files.readString(pin.libraries().getLast())).isEqualTo("second");
        }
        bundles.pin(B).close();
        assertThat(folder.resolve("env-a.jar.0")).doesNotExist();
        assertThat(folder.resolve("env-b.jar.0")).exists();
    }

    @Test
    void librariesLargerThanTheBundleAreRejected() {
        BundleCache bundles =
                new BundleCache(folder, (_, file) -> jar(file, ZipEntry.DEFLATED, "x".repeat(100_000)), ONE);

        assertThatIOException().isThrownBy(() -> bundles.pin(A));
        assertThat(folder.resolve("env-a.jar.0")).doesNotExist();
    }

    private static void jar(Path file, int method, String... libraries) throws IOException {
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int at = 0; at < libraries.length; at++) {
                byte[] content = libraries[at].getBytes(StandardCharsets.UTF_8);
                CRC32 sum = new CRC32();
                sum.update(content);
                ZipEntry entry = new ZipEntry("META-INF/minimalcluster/libraries/" + at + ".jar");
                entry.setMethod(method);
                entry.setSize(content.length);
                entry.setCrc(sum.getValue());
                jar.putNextEntry(entry);
                jar.write(content);
                jar.closeEntry();
            }
        }
    }
}
