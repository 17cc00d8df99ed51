package io.minimalcluster.system.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.Json;
import io.minimalcluster.system.harness.UseShared;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.JsonNode;

/** Tests isolation with bubblewrap, which {@code ./minimalcluster test} installs. */
@UseShared(Cluster.class)
@EnabledOnOs(value = OS.LINUX, disabledReason = "bubblewrap exists on Linux only")
class IsolationIT {
    private final Cluster cluster;
    private final Api api;

    IsolationIT(Cluster cluster) {
        this.cluster = cluster;
        this.api = cluster.api();
    }

    @Test
    void workersShowTheirIsolationLevel() {
        JsonNode workers = api.get("/workers").expect(200).json().path("items");

        assertThat(workers)
                .filteredOn(worker -> worker.path("state").asString().equals("ACTIVE"))
                .hasSize(2)
                .allSatisfy(worker ->
                        assertThat(worker.path("isolation").asString()).isEqualTo("bubblewrap"));
    }

    @Test
    void taskReadsNeitherDataFolderNorOtherProcesses() {
        String source = """
                import java.nio.file.*;
                String look(String path) {
                    try {
                        return "read " + Files.readAllBytes(Path.of(path)).length;
                    } catch (Exception e) {
                        return "no";
                    }
                }
                """;
        String args = Json.write(new String[] {
            cluster.master().data().resolve("authkey").toString(),
            cluster.master().data().resolve("worker.key").toString(),
            "/proc/" + cluster.master().program().pid() + "/environ",
            "/etc/shadow",
            "/root/.bashrc"
        });

        assertThat(api.run(source, "look", args)).isEqualTo("[\"no\",\"no\",\"no\",\"no\",\"no\"]");
    }

    @Test
    void taskCannotConnectToTheMaster() {
        URI url = cluster.master().url();
        String source = """
                String reach(int port) {
                    try (var socket = new java.net.Socket("127.0.0.1", port)) {
                        return "connected";
                    } catch (Exception e) {
                        return "no";
                    }
                }
                """;

        assertThat(api.run(source, "reach", "[" + url.getPort() + "]")).isEqualTo("[\"no\"]");
    }

    @Test
    void taskSeesNoEnvironmentVariablesOfTheMaster() {
        assertThat(api.run(
                        "int variables() { return System.getenv().keySet().stream().filter(n -> n.contains(\"KEY\") || n.contains(\"MINIMAL\")).toList().size(); }",
                        "variables",
                        "[0]"))
                .isEqualTo("[0]");
    }
}
