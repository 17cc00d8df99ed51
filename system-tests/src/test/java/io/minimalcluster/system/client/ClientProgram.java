package io.minimalcluster.system.client;

import io.minimalcluster.system.harness.Command;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.MasterProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A compiled program that uses the packaged client, in a home folder whose background cluster is a master. */
final class ClientProgram implements AutoCloseable {
    private static final Path JAVA_BIN = Path.of(System.getProperty("java.home"), "bin");

    /** The packaged client and the libraries that Maven gives to a program. */
    static final String CLIENT = Stream.concat(
                    Stream.of(
                            "client/target/client-0.1.0-SNAPSHOT.jar",
                            "shared-model/target/shared-model-0.1.0-SNAPSHOT.jar",
                            "task-runtime/target/task-runtime-0.1.0-SNAPSHOT.jar"),
                    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                            .filter(path -> path.matches(".*/jackson-(core-3|databind-3|annotations-)[^/]*\\.jar")))
            .map(path -> Installation.HOME.resolve(path).toString())
            .collect(Collectors.joining(File.pathSeparator));

    private final Folder folder = Folder.create("client-program");

    ClientProgram(MasterProcess master) throws IOException {
        Path data = folder.path(".minimalcluster/data");
        Files.createDirectories(data.getParent());
        Files.createSymbolicLink(data, master.data());
    }

    Path path(String name) {
        return folder.path(name);
    }

    /** Compiles a source of the test resources to a folder of classes. */
    void compile(String source, String classes, String classPath) throws IOException {
        Path file = folder.path(source);
        try (var in = ClientProgram.class.getResourceAsStream("/java-client/" + source)) {
            Files.write(file, in == null ? new byte[0] : in.readAllBytes());
        }
        Command.run(
                JAVA_BIN.resolve("javac").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-d",
                folder.path(classes).toString(),
                "-cp",
                CLIENT + File.pathSeparator + classPath,
                file.toString());
    }

    /** Runs a main class and returns its output. */
    String run(String classPath, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "-u",
                "MINIMALCLUSTER_URL",
                "-u",
                "MINIMALCLUSTER_AUTHKEY",
                "HOME=" + folder.path("."),
                JAVA_BIN.resolve("java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                mainClass));
        command.addAll(List.of(arguments));
        return Command.run(command.toArray(String[]::new));
    }

    @Override
    public void close() {
        folder.close();
    }
}
