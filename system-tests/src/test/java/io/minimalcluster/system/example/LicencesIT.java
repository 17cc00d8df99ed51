package io.minimalcluster.system.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares docs/licences.md with the packaged libraries. */
class LicencesIT {
    private static final List<String> OWN = List.of("shared-model-", "task-runtime-", "worker-service-");

    @Test
    void everyShippedLibraryIsListedWithItsVersionAndLicence() throws IOException {
        List<String> rows = Files.readAllLines(Installation.HOME.resolve("docs/licences.md"));
        for (String service : List.of("master", "worker")) {
            try (Stream<Path> jars = Files.list(Installation.HOME.resolve(service + "-service/target/app/lib"))) {
                List<String> names = jars.map(jar -> jar.getFileName().toString())
                        .filter(name -> OWN.stream().noneMatch(name::startsWith))
                        .toList();
                assertThat(names)
                        .hasSizeGreaterThan(15)
                        .allSatisfy(name -> assertThat(rows).anyMatch(row -> isRowOf(row, name, service)));
            }
        }
    }

    /** A row such as {@code | org.slf4j:slf4j-api | 2.0.20 | master, worker | MIT |}. */
    private static boolean isRowOf(String row, String jar, String service) {
        String[] cells = row.split("\\s*\\|\\s*", -1);
        return cells.length == 6
                && cells[1].contains(":")
                && jar.equals(cells[1].substring(cells[1].indexOf(':') + 1) + "-" + cells[2] + ".jar")
                && cells[3].contains(service)
                && !cells[4].isEmpty();
    }
}
