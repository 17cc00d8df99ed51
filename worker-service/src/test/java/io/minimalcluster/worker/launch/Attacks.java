package io.minimalcluster.worker.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** Attacks that a task makes on its surroundings. Each tells whether it succeeded. */
final class Attacks {
    private static final int MEBIBYTE = 1 << 20;
    private static final int EFAULT = 14;

    private final Map<String, String> targets;
    private final Map<String, Attack> all = new LinkedHashMap<>();

    private Attacks(Map<String, String> targets) {
        this.targets = targets;
    }

    interface Attack {
        boolean succeeds() throws IOException, InterruptedException;
    }

    /** Makes all attacks on targets such as {@code victim=17;port=80}. Returns lines such as {@code name=true}. */
    static String all(String targets) {
        Attacks attacks = new Attacks(List.of(targets.split(";")).stream()
                .map(target -> target.split("=", 2))
                .collect(Collectors.toMap(target -> target[0], target -> target[1])));
        attacks.onProcesses();
        attacks.onFiles();
        attacks.onTheKernel();
        attacks.onResources();
        return attacks.all.entrySet().stream()
                .map(attack -> attack.getKey() + "=" + succeeds(attack.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static boolean succeeds(Attack attack) {
        try {
            return attack.succeeds();
        } catch (IOException refused) {
            return false;
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String target(String name) {
        return targets.getOrDefault(name, "");
    }

    private void onProcesses() {
        long victim = Long.parseLong(target("victim"));
        String proc = "/proc/" + victim;
        all.put(
                "see the command line of a process of the worker",
                () -> !read(proc + "/cmdline").isEmpty());
        all.put(
                "read the environment of a process of the worker",
                () -> read(proc + "/environ").contains("secret"));
        all.put(
                "read the memory map of a process of the worker",
                () -> !read(proc + "/maps").isEmpty());
        all.put("read the memory of a process of the worker: process_vm_readv", () -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment vector = arena.allocate(16);
                vector.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, vector.address());
                vector.set(ValueLayout.JAVA_LONG_UNALIGNED, 8, 16);
                long at = vector.address();
                long result = SystemCalls.call(SystemCalls.IS_X86 ? 310 : 270, victim, at, 1, at, 1, 0);
                return result >= 0 || result == -EFAULT;
            }
        });
        all.put("trace a process of the worker: ptrace", () -> call(101, 117, 0x4206, victim));
        all.put("kill a process of the worker", () -> run("kill", "-9", String.valueOf(victim)) == 0);
    }

    private void onFiles() {
        all.put("read a file of the worker", () -> !read(target("private")).isEmpty());
        all.put("write a file of the worker", () -> {
            Files.writeString(Path.of(target("private")), "overwritten");
            return true;
        });
        all.put("read /etc/passwd of the machine", () -> !read("/etc/passwd").contains("task:x:1000:"));
        all.put("list the folder of another executor", () -> {
            try (var entries = Files.list(Path.of(target("other")))) {
                return entries.count() >= 0;
            }
        });
        all.put("connect to 127.0.0.1", () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(target("port")))) {
                return socket.isConnected();
            }
        });
        all.put("leave a file in /tmp to the next owner", () -> leave("/tmp"));
        all.put("leave a file in /var/tmp to the next owner", () -> leave("/var/tmp"));
        all.put("leave a file in /dev/shm to the next owner", () -> leave("/dev/shm"));
        all.put("leave a file in a folder within /tmp to the next owner", () -> leave(target("nested")));
        all.put("leave System V shared memory to the next owner", () -> call(29, 194, key(), 4096, 01600));
        all.put("leave a System V message queue to the next owner", () -> call(68, 186, key(), 01600));
        all.put("leave a System V semaphore to the next owner", () -> call(64, 190, key(), 1, 01600));
        all.put("make a POSIX message queue", () -> {
            try (Arena arena = Arena.ofConfined()) {
                return call(240, 180, arena.allocateFrom(target("name")).address(), 0102, 0600, 0);
            }
        });
        all.put(
                "leave a daemon",
                () -> run("sh", "-c", "cd /; setsid sleep " + target("seconds") + " >/dev/null 2>&1 & exit") == 0);
        all.put(
                "leave a daemon without environment",
                () -> run("sh", "-c", "cd /; env -i setsid sleep " + target("seconds") + "1 >/dev/null 2>&1 & exit")
                        == 0);
    }

    private void onTheKernel() {
        all.put("io_uring", () -> {
            try (Arena arena = Arena.ofConfined()) {
                return call(425, 425, 1, arena.allocate(120).address());
            }
        });
        all.put("userfaultfd", () -> call(323, 282, 1));
        all.put("a socket of AF_VSOCK", () -> call(41, 198, 40, 1));
        all.put("a netlink socket beyond network interfaces", () -> call(41, 198, 16, 3, 15));
        all.put("the keyring of the kernel", () -> call(250, 219, 0, -3, 1));
        all.put("memory outside the count: memfd_create", () -> {
            try (Arena arena = Arena.ofConfined()) {
                return call(319, 279, arena.allocateFrom("x").address());
            }
        });
        all.put("a user namespace", () -> run("unshare", "--user", "true") == 0);
        all.put(
                "privileges of a setuid program",
                () -> !read("/proc/self/status").contains("NoNewPrivs:\t1"));
    }

    private void onResources() {
        Path tmp = Path.of(System.getProperty("java.io.tmpdir"));
        all.put("300 threads, with a limit of 200", () -> {
            CountDownLatch end = new CountDownLatch(1);
            try {
                for (int i = 0; i < 300; i++) {
                    Thread.ofPlatform().daemon().start(() -> await(end));
                }
                return run("true") == 0;
            } catch (OutOfMemoryError refused) {
                return false;
            } finally {
                end.countDown();
            }
        });
        all.put("300 open files, with a limit of 200", () -> {
            List<InputStream> open = new ArrayList<>();
            try {
                for (int i = 0; i < 300; i++) {
                    open.add(Files.newInputStream(Path.of("/dev/null")));
                }
                return true;
            } finally {
                for (InputStream stream : open) {
                    stream.close();
                }
            }
        });
        all.put("a file of 8 MB, with a limit of 6 MB", () -> write(tmp.resolve("long"), 8));
        all.put(
                "temporary files of 15 MB, with a limit of 12 MB",
                () -> write(tmp.resolve("1"), 5) && write(tmp.resolve("2"), 5) && write(tmp.resolve("3"), 5));
        all.put("4 MB in /dev/shm", () -> write(Path.of("/dev/shm", target("name") + "-large"), 4));
    }

    private boolean leave(String folder) throws IOException {
        Files.writeString(Path.of(folder, target("name")), "secret");
        return true;
    }

    private long key() {
        return Long.parseLong(target("key"));
    }

    private static boolean call(long x86, long aarch64, long... arguments) {
        return SystemCalls.call(SystemCalls.IS_X86 ? x86 : aarch64, arguments) >= 0;
    }

    private static String read(String file) throws IOException {
        return new String(Files.readAllBytes(Path.of(file)), UTF_8);
    }

    private static boolean write(Path file, int mebibytes) throws IOException {
        byte[] block = new byte[MEBIBYTE];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < mebibytes; i++) {
                out.write(block);
            }
        } catch (IOException full) {
            Files.delete(file);
            throw full;
        }
        return true;
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
