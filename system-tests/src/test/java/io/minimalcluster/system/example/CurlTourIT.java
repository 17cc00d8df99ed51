package io.minimalcluster.system.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.Program;
import io.minimalcluster.system.harness.UseShared;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@UseShared(Cluster.class)
class CurlTourIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    @Test
    void everyRequestHasTheDocumentedResponse(Cluster cluster) {
        try (Folder folder = Folder.create("curl");
                Program tour = Program.start(
                        "curl",
                        List.of(
                                "env",
                                "MINIMALCLUSTER_URL=" + cluster.master().url(),
                                "MINIMALCLUSTER_AUTHKEY=" + cluster.master().read("authkey"),
                                "sh",
                                Installation.HOME
                                        .resolve("http-examples/curl.sh")
                                        .toString()),
                        folder.path("."))) {
            assertThat(tour.exitCode(TIMEOUT)).as(tour.tail()).isZero();
            assertThat(tour.output()).contains("Pi is about 3.14").endsWith("done\n");
        }
    }
}
