package io.minimalcluster.system.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.Command;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.UseShared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Builds examples/java-client with Maven, from a local repository that has the client, and runs it. */
@UseShared(value = Cluster.class, cluster = 2)
class TemplateProjectIT {
    private static final String VERSION = "0.1.0-SNAPSHOT";

    /** The folders of the artifacts, with the build files of their modules. */
    private static final Map<String, String> MODULES = Map.of(
            "minimalcluster", ".",
            "shared-model", "shared-model",
            "task-runtime", "task-runtime",
            "client", "client");

    @Test
    void templateIsBuiltAndRuns(Cluster cluster) throws IOException {
        try (Folder folder = Folder.create("template");
                ClientProgram home = new ClientProgram(cluster.master())) {
            Path repository = folder.path("repository");
            link(localRepository(), repository, "io", "minimalcluster");
            for (Map.Entry<String, String> module : MODULES.entrySet()) {
                install(module.getKey(), Installation.HOME.resolve(module.getValue()), repository);
            }
            Path project = folder.path("project");
            Command.run(
                    "cp",
                    "-r",
                    Installation.HOME.resolve("examples/java-client").toString(),
                    project.toString());
            Command.run(
                    "env",
                    "MAVEN_OPTS=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC", // Maven ends soon
                    "mvn",
                    "-q",
                    "-B",
                    "-ntp",
                    "-Dmaven.repo.local=" + repository,
                    "-f",
                    project.resolve("pom.xml").toString(),
                    "clean",
                    "package");

            assertThat(list(project.resolve("target/lib"))).noneMatch(name -> name.startsWith("picocli"));
            assertThat(home.run(
                            project.resolve("target/java-client-1.0.jar") + ":" + project.resolve("target/lib") + "/*",
                            "com.example.Simulation"))
                    .matches("(?s)mean distance of 100 walks: \\d+\\.\\d\n.*")
                    .endsWith("""
                            [3, 6, 9]
                            sum of squares: 333283335000
                            argument 0: java.lang.ArithmeticException
                            """);
        }
    }

    private static Path localRepository() {
        String named = System.getProperty("localRepository", System.getProperty("maven.repo.local", ""));
        return named.isEmpty() ? Path.of(System.getProperty("user.home"), ".m2/repository") : Path.of(named);
    }

    /** Links all entries of a folder, except one entry of a subfolder. */
    private static void link(Path from, Path to, String folder, String except) throws IOException {
        Files.createDirectories(to.resolve(folder));
        for (Path place : new Path[] {Path.of(""), Path.of(folder)}) {
            for (String name : list(from.resolve(place))) {
                Path link = to.resolve(place).resolve(name);
                if (!Files.exists(link) && !name.equals(except)) {
                    Files.createSymbolicLink(link, from.resolve(place).resolve(name));
                }
            }
        }
    }

    private static List<String> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    private static void install(String artifact, Path module, Path repository) throws IOException {
        Path folder = Files.createDirectories(
                repository.resolve("io/minimalcluster").resolve(artifact).resolve(VERSION));
        Files.copy(module.resolve("pom.xml"), folder.resolve(artifact + "-" + VERSION + ".pom"));
        String jar = artifact + "-" + VERSION + ".jar";
        Path built = module.resolve("target").resolve(jar);
        if (Files.exists(built)) {
            Files.copy(built, folder.resolve(jar));
        }
    }
}
