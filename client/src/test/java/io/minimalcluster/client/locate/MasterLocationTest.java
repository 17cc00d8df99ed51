package io.minimalcluster.client.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterLocationTest {
    @TempDir
    Path folder;

    @TempDir
    Path home;

    private MasterLocation find(Map<String, String> environment) {
        return MasterLocation.find(environment, folder, home);
    }

    private static void master(Path data, String url) throws IOException {
        Files.createDirectories(data);
        Files.writeString(data.resolve("master.url"), url + "\n");
        Files.writeString(data.resolve("authkey"), "key-of-" + url + "\n");
    }

    @Test
    void variablesPrecedeTheWorkingFolderWhichPrecedesTheBackgroundCluster() throws IOException {
        assertThatThrownBy(() -> find(Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("no cluster found: start one with ./minimalcluster up");

        master(home.resolve(".minimalcluster/data"), "http://up:1");
        assertThat(find(Map.of())).isEqualTo(new MasterLocation(URI.create("http://up:1"), "key-of-http://up:1", null));

        master(folder.resolve("data"), "http://folder:2");
        assertThat(find(Map.of()).address()).isEqualTo(URI.create("http://folder:2"));

        assertThat(find(Map.of(
                        "MINIMALCLUSTER_URL", "https://named:3",
                        "MINIMALCLUSTER_AUTHKEY", "secret",
                        "MINIMALCLUSTER_CA_FILE", "ca.pem")))
                .isEqualTo(new MasterLocation(URI.create("https://named:3"), "secret", folder.resolve("ca.pem")));
    }

    @Test
    void keyIsNeverTakenFromAFolderForANamedMaster() throws IOException {
        master(folder.resolve("data"), "http://folder:2");

        assertThatThrownBy(() -> find(Map.of("MINIMALCLUSTER_URL", "http://other:1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("MINIMALCLUSTER_AUTHKEY");
    }

    @Test
    void textOmitsTheKey() {
        assertThat(find(Map.of("MINIMALCLUSTER_AUTHKEY", "secret")))
                .hasToString("MasterLocation[http://localhost:8080]");
    }
}
