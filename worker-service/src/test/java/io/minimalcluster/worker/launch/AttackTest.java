package io.minimalcluster.worker.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.worker.launch.sandbox.ProcessLimits;
import io.minimalcluster.worker.launch.sandbox.SandboxSlot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Attacks of a task at each isolation level, with the results that {@code docs/security.md} has. The test writes the
 * table to {@code target/attacks.md}, from where it is copied. Without root the levels have other results.
 */
@Timeout(180)
class AttackTest {
    private static final long MEBIBYTE = 1 << 20;
    private static final JvmLimits LIMITS = new JvmLimits(
            64 * MEBIBYTE,
            64 * MEBIBYTE,
            16 * MEBIBYTE,
            1024 * 1024,
            new ProcessLimits(200, 200, 6 * MEBIBYTE, 12 * MEBIBYTE));

    /** Attacks that not every kernel makes possible. */
    private static final Set<String> KERNEL_DEPENDENT = Set.of(
            "read the memory of a process of the worker: process_vm_readv",
            "trace a process of the worker: ptrace",
            "io_uring",
            "userfaultfd",
            "a socket of AF_VSOCK",
            "the keyring of the kernel",
            "a user namespace");

    /** Attacks that a worker at {@code uid} stops only if it may mount file systems. */
    private static final Set<String> SPACE =
            Set.of("temporary files of 15 MB, with a limit of 12 MB", "4 MB in /dev/shm");

    private static final Map<Isolation, Map<String, Boolean>> RESULTS = new EnumMap<>(Isolation.class);

    @TempDir
    Path folder;

    static Stream<Isolation> levels() {
        return SupportedIsolationLevels.all();
    }

    @ParameterizedTest
    @MethodSource("levels")
    void attacksHaveTheDocumentedResults(Isolation level) throws Exception {
        Map<String, Boolean> documented = documented(level);
        Map<String, Boolean> results = results(level, documented);
        RESULTS.put(level, results);
        writeTable();
        assertThat(documented).containsOnlyKeys(results.keySet());
        results.keySet()
                .removeIf(attack -> SPACE.contains(attack)
                        && level == Isolation.UID
                        && !SupportedIsolationLevels.isTemporarySpaceLimited(level));
        results.forEach((attack, succeeds) -> assertThat(
                        succeeds || (KERNEL_DEPENDENT.contains(attack) && isDocumented(documented, attack)))
                .as("%s at %s", attack, level)
                .isEqualTo(isDocumented(documented, attack)));
    }

    private static boolean isDocumented(Map<String, Boolean> documented, String attack) {
        return Boolean.TRUE.equals(documented.get(attack));
    }

    private Map<String, Boolean> results(Isolation level, Map<String, Boolean> documented) throws Exception {
        String name = "attack-" + ThreadLocalRandom.current().nextLong();
        String seconds = String.valueOf(500_000 + ThreadLocalRandom.current().nextInt(100_000));
        int key = 1 + ThreadLocalRandom.current().nextInt(1 << 30);
        Path secret = Files.writeString(folder.resolve("private"), "secret");
        Path nested = Files.createDirectory(Path.of("/tmp", name + "-nested"));
        SandboxSlot.allow(nested, "rwxrwxrwx");
        Process victim = victim();
        try (Launcher launcher = Launcher.open(SupportedIsolationLevels.only(level));
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestChildProcess other = TestChildProcess.start(launcher)) {
            Map<String, Boolean> results = new LinkedHashMap<>();
            try (TestChildProcess child =
                    TestChildProcess.start(launcher, TestChildJar.in(launcher.folder()), LIMITS, false)) {
                String targets = "victim=%d;private=%s;other=%s;port=%d;nested=%s;name=%s;key=%d;seconds=%s"
                        .formatted(
                                victim.pid(),
                                secret,
                                other.jvm().folder(),
                                server.getLocalPort(),
                                nested,
                                name,
                                key,
                                seconds);
                child.ask("attacks " + targets).lines().forEach(line -> {
                    int end = line.lastIndexOf('=');
                    results.put(line.substring(0, end), Boolean.valueOf(line.substring(end + 1)));
                });
            }
            results.replaceAll((attack, done) -> attack.startsWith("leave ") ? false : done);
            results.putAll(leftovers(name, key));
            for (String attack : List.of("leave a daemon", "leave a daemon without environment")) {
                String argument = attack.endsWith("daemon") ? seconds : seconds + "1";
                results.put(attack, survives(argument, isDocumented(documented, attack)));
            }
            results.put(
                    "leave a file in a folder within /tmp to the next owner",
                    Files.deleteIfExists(nested.resolve(name)));
            return results;
        } finally {
            victim.destroyForcibly();
            Files.delete(nested);
        }
    }

    private static Process victim() throws IOException {
        ProcessBuilder command = new ProcessBuilder("sleep", "600");
        command.environment().put("KEY", "secret");
        return command.start();
    }

    /** What exists after the end of a child, and removes it. */
    private static Map<String, Boolean> leftovers(String name, int key) throws Exception {
        Map<String, Boolean> left = new LinkedHashMap<>();
        for (String shared : List.of("/tmp", "/var/tmp", "/dev/shm")) {
            left.put("leave a file in " + shared + " to the next owner", Files.deleteIfExists(Path.of(shared, name)));
        }
        Files.deleteIfExists(Path.of("/dev/shm", name + "-large"));
        left.put("leave System V shared memory to the next owner", removed("shm", "-M", key));
        left.put("leave a System V message queue to the next owner", removed("msg", "-Q", key));
        left.put("leave a System V semaphore to the next owner", removed("sem", "-S", key));
        return left;
    }

    private static boolean removed(String kind, String option, int key) throws Exception {
        boolean found = Files.readAllLines(Path.of("/proc/sysvipc", kind)).stream()
                .anyMatch(line -> line.strip().startsWith(key + " "));
        if (found) {
            new ProcessBuilder("ipcrm", option, String.valueOf(key)).start().waitFor();
        }
        return found;
    }

    /** Whether a daemon survives as documented. A killed one ends only when a processor is free. */
    private static boolean survives(String seconds, boolean documented) throws IOException {
        List<ProcessHandle> daemons = RunningProcesses.awaitWithArgument(seconds, documented ? 1 : 0);
        try {
            if (!documented) {
                daemons.forEach(RunningProcesses::awaitEnd);
                return false;
            }
            return !daemons.isEmpty();
        } finally {
            daemons.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static void writeTable() throws IOException {
        List<String> lines = new ArrayList<>();
        List<Isolation> levels = RESULTS.keySet().stream().toList().reversed();
        lines.add("| attack | " + levels.stream().map(AttackTest::name).collect(Collectors.joining(" | ")) + " |");
        lines.add("|---" + "|---".repeat(levels.size()) + "|");
        for (String attack : RESULTS.values().iterator().next().keySet()) {
            lines.add("| " + attack + " | "
                    + levels.stream()
                            .map(level -> Boolean.TRUE.equals(RESULTS.getOrDefault(level, Map.of())
                                            .get(attack))
                                    ? "**succeeds**"
                                    : "stopped")
                            .collect(Collectors.joining(" | "))
                    + " |");
        }
        Files.write(Path.of("target", "attacks.md"), lines);
    }

    /** The column of a level in the table of the documentation. */
    private static Map<String, Boolean> documented(Isolation level) throws IOException {
        List<List<String>> table = Files.readAllLines(Path.of("..", "docs", "security.md")).stream()
                .dropWhile(line -> !line.startsWith("| attack |"))
                .takeWhile(line -> line.startsWith("|"))
                .map(line ->
                        Stream.of(line.split("\\|")).skip(1).map(String::strip).toList())
                .toList();
        int column = table.getFirst().indexOf(name(level));
        return table.stream()
                .skip(2)
                .collect(Collectors.toMap(
                        row -> row.getFirst(), row -> row.get(column).contains("succeeds")));
    }

    private static String name(Isolation level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
