package io.minimalcluster.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Form;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the executable jars that contain all libraries. */
class OneJarIT {
    private static final String USES_A_LIBRARY = """
            import tools.jackson.databind.json.JsonMapper;

            int count(String json) { return JsonMapper.builder().build().readTree(json).size(); }
            """;

    private final Folder folder = Folder.create("one-jar");
    private final Path data = folder.path("data");

    @AfterEach
    void clean() {
        folder.close();
    }

    private Program master() {
        return Program.start(
                "master",
                Installation.masterOfOneJar(List.of(
                        "--server.port=0",
                        "--minimalcluster.data=" + data,
                        "--minimalcluster.local-worker.enabled=false",
                        "--minimalcluster.executor.minimum-isolation=process")),
                folder.path("."));
    }

    private Program worker(URI master) {
        return Program.start(
                "worker",
                Installation.workerOfOneJar(List.of(
                        "--minimalcluster.master-url=" + master,
                        "--minimalcluster.authkey-file=" + data.resolve("worker.key"),
                        "--minimalcluster.worker.slots=1",
                        "--minimalcluster.executor.minimum-isolation=process")),
                folder.path("."));
    }

    private URI url(Program master) throws IOException {
        Path file = data.resolve("master.url");
        Await.until("an address of the master", () -> {
            assertThat(master.isAlive()).as(master.tail()).isTrue();
            return Files.exists(file);
        });
        return URI.create(Files.readString(file).strip());
    }

    private static Form source() throws IOException {
        Form form = new Form().file("source", "Main.java", USES_A_LIBRARY);
        try (Stream<Path> jars = Files.list(Path.of("target", "libraries"))) {
            for (Path jar : jars.toList()) {
                form.file("library", "lib/" + jar.getFileName(), Files.readAllBytes(jar));
            }
        }
        return form;
    }

    @Test
    void executableJarsRunCodeWithALibrary() throws IOException {
        try (Program master = master();
                Program worker = worker(url(master))) {
            Api api = Api.of(
                    url(master), Files.readString(data.resolve("authkey")).strip());
            String environment = source().post(api, "/environments")
                    .expect(201)
                    .json()
                    .path("id")
                    .asString();

            String job = api.submit(environment, "count", "[\"[1,2,3]\",\"[]\"]", "{}")
                    .expect(202)
                    .json()
                    .path("id")
                    .asString();

            assertThat(api.values(job)).as(worker.tail()).isEqualTo("[3,0]");
        }
    }

    /** The times of the history tell how the store was made: the build leaves them out. */
    @Test
    void firstStartCopiesTheStoreThatTheBuildMigrated() throws IOException, SQLException {
        try (Program master = master()) {
            url(master);
            try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("minimalcluster.db"));
                    Statement statement = store.createStatement();
                    ResultSet times =
                            statement.executeQuery("select distinct installed_on from flyway_schema_history")) {
                assertThat(times.next()).isTrue();
                assertThat(times.getString(1)).isEqualTo("1970-01-01 00:00:00");
                assertThat(times.next()).isFalse();
            }
        }
    }
}
