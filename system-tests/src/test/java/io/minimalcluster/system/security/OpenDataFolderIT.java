package io.minimalcluster.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.MasterProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests a master in a data folder that all users may read, and that its clients can't stop the compilers. */
@Timeout(240)
class OpenDataFolderIT {
    private static final String ENDLESS =
            "int f(int x) { " + "try { f(x); } finally { ".repeat(30) + "f(x);" + "}".repeat(30) + " return 1; }";

    private static final int LOADS = 4;

    @Test
    void openFolderIsTightenedAndHostileCompilationsDelayNobody() throws IOException {
        try (Folder folder = Folder.create("open")) {
            Path data = Files.createDirectory(folder.path("data"));
            allow(data, "rwxr-xr-x");
            allow(Files.createDirectory(data.resolve("native")), "rwxrwxrwx");
            Path left = Files.writeString(data.resolve("native/sqlite-left-by-a-crash.so"), "");
            allow(left, "rw-r--r--");
            try (MasterProcess master = MasterProcess.startIn(data, "--minimalcluster.local-worker.slots=1")) {
                Api admin = master.api();
                assertThat(admin.run("int f(int x) { return x; }", "f", "[1]")).isEqualTo("[1]");
                admin.post("/cluster/backup", "").expect(201);

                assertThat(openFiles(data)).isEmpty();
                assertThat(left).doesNotExist();
                assertThat(data.resolve("native")).isNotEmptyDirectory();

                AtomicInteger ended = new AtomicInteger();
                AtomicBoolean isOver = new AtomicBoolean();
                List<CompletableFuture<Void>> hostile = Stream.of(1, 2)
                        .map(number -> newClient(admin, master, "hostile-" + number))
                        .map(client -> CompletableFuture.runAsync(
                                () -> compileUntil(isOver, client, ended), Thread::startVirtualThread))
                        .toList();
                for (int i = 0; i < LOADS; i++) {
                    admin.load("int good" + i + "(int x) { return x; }");
                }
                assertThat(hostile).as("both still compile").noneMatch(CompletableFuture::isDone);
                isOver.set(true);

                // each load would wait for the end of one, if these two had all compilers
                assertThat(ended).hasValueLessThan(LOADS);
            }
        }
    }

    private static void compileUntil(AtomicBoolean isOver, Api client, AtomicInteger ended) {
        while (!isOver.get()) {
            client.post("/environments", "text/plain", ENDLESS).expect(422);
            ended.incrementAndGet();
        }
    }

    private static Api newClient(Api admin, MasterProcess master, String name) {
        String secret = admin.post("/keys", "{\"name\":\"" + name + "\",\"role\":\"client\"}")
                .expect(201)
                .json()
                .path("secret")
                .asString();
        return Api.of(master.url(), secret);
    }

    private static List<String> openFiles(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.map(OpenDataFolderIT::access)
                    .filter(access -> !access.substring(0, 9).endsWith("------"))
                    .toList();
        }
    }

    private static String access(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)) + " "
                    + file;
        } catch (IOException gone) {
            return "---------";
        }
    }

    private static void allow(Path path, String modes) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(modes));
    }
}
