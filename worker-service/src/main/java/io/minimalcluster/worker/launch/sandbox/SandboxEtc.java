package io.minimalcluster.worker.launch.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;

/** The files in {@code /etc} of a bubblewrap sandbox, which are the same for all sandboxes of a machine. */
public final class SandboxEtc {
    /** The user and group id in a sandbox, whatever they are outside. */
    public static final String USER_ID = "1000";

    /** The user of tasks at each isolation level. */
    public static final String USER_NAME = "task";

    private static final Path HOSTS = Path.of("/etc/hosts");
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private static final String PASSWD = """
            root:x:0:0:root:/:/usr/sbin/nologin
            task:x:1000:1000:task:/tmp:/bin/sh
            nobody:x:65534:65534:nobody:/:/usr/sbin/nologin
            """;

    private static final String GROUP = """
            root:x:0:
            task:x:1000:
            nogroup:x:65534:
            """;

    private static final String NSSWITCH = """
            passwd: files
            group: files
            hosts: files dns
            """;

    private final Path folder;

    private SandboxEtc(Path folder) {
        this.folder = folder;
    }

    /** The files in the folder of the slots, written by {@link #write}. */
    public static SandboxEtc beside(SandboxSlot sandboxSlot) {
        return new SandboxEtc(sandboxSlot.folder().resolveSibling("etc"));
    }

    /** Writes the files to the folder of the slots. */
    static void write(Path slots) throws IOException {
        Path folder = slots.resolve("etc");
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        SandboxSlot.allow(folder, "rwxr-xr-x");
        String name = Files.exists(HOST_NAME) ? Files.readString(HOST_NAME).strip() : "localhost";
        String local = "127.0.0.1 localhost " + name + "\n::1 localhost\n";
        String known = Files.isReadable(HOSTS) ? Files.readString(HOSTS) : "";
        Map<String, String> files = Map.of(
                "passwd", PASSWD,
                "group", GROUP,
                "nsswitch.conf", NSSWITCH,
                "hosts", local,
                "hosts-network", known + "\n" + local);
        for (Map.Entry<String, String> file : files.entrySet()) {
            write(folder, file.getKey(), file.getValue());
        }
    }

    private static void write(Path folder, String name, String content) throws IOException {
        Path file = folder.resolve(name);
        if (Files.exists(file) && Files.readString(file).equals(content)) {
            return;
        }
        Path written = Files.createTempFile(folder, name, null);
        Files.writeString(written, content);
        SandboxSlot.allow(written, "r--r--r--");
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The options of bubblewrap that bind the files. */
    public Stream<String> bindings(boolean network) {
        return Stream.of(
                        Map.entry("passwd", "passwd"),
                        Map.entry("group", "group"),
                        Map.entry("nsswitch.conf", "nsswitch.conf"),
                        Map.entry(network ? "hosts-network" : "hosts", "hosts"))
                .flatMap(file ->
                        Stream.of("--ro-bind", folder.resolve(file.getKey()).toString(), "/etc/" + file.getValue()));
    }
}
