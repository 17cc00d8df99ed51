package io.minimalcluster.worker.launch.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes of a child: itself, its descendants, those of its user id, and those in its folder. Read from
 * {@code /proc}; empty on systems without it. A process that ends meanwhile is skipped.
 */
public final class ProcessTree {
    /** The environment variable of a child with its temporary folder, which its descendants inherit. */
    public static final String TEMPORARY_FOLDER = "TMPDIR";

    private static final Path PROC = Path.of("/proc");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Path LAST_CREATED = PROC.resolve("sys/kernel/ns_last_pid");

    /** Whether there are as many numbers as by default, or more. */
    private static final boolean NUMBERS_SUFFICE =
            number(PROC.resolve("sys/kernel/pid_max")).orElse(0) >= 32_768;

    private static final Pattern MEMORY = Pattern.compile("(?m)^(?:RssAnon|RssShmem|VmSwap):\\s+(\\d+) kB$");
    private static final int FIRST_BYTES = 512;
    private static final int KIBIBYTE = 1024;
    private static final int MILLIS_PER_TICK = 10;

    /** The fields of user and system time, after the name of the process. */
    private static final int USER_TIME = 11;

    private final long root;
    private final OptionalInt user;
    private final Path folder;

    /** The descendants seen so far, which may have left the tree. */
    private final Map<Long, ProcessHandle> seen = new ConcurrentHashMap<>();

    /** @param user the user id of the child, if no other process on this machine has it */
    public ProcessTree(long root, OptionalInt user, Path folder) {
        this.root = root;
        this.user = user;
        this.folder = folder;
    }

    /** The process ids of the child and its descendants, including daemons that were seen before they left the tree. */
    public Set<Long> processes() {
        Set<Long> found = new HashSet<>();
        Deque<Long> left = new ArrayDeque<>(Set.of(root));
        while (!left.isEmpty()) {
            long process = left.remove();
            if (found.add(process)) {
                left.addAll(children(process));
            }
        }
        found.forEach(this::remember);
        seen.values().removeIf(process -> !process.isAlive());
        found.addAll(seen.keySet());
        return found;
    }

    /** The processes of {@link #processes}, and all other processes of the user id or in the folder. */
    public Set<Long> allProcesses() {
        Set<Long> found = processes();
        if (user.isPresent()) {
            found.addAll(ofUser(user.getAsInt()));
        } else {
            workingIn(folder).forEach(process -> found.add(process.pid()));
        }
        return found;
    }

    private void remember(long process) {
        if (process != root && !seen.containsKey(process)) {
            ProcessHandle.of(process).ifPresent(handle -> seen.put(process, handle));
        }
    }

    private static Set<Long> children(long process) {
        Set<Long> children = new HashSet<>();
        for (long thread : threads(process)) {
            for (String child : read(PROC.resolve(process + "/task/" + thread + "/children"))
                    .split(" ", -1)) {
                if (!child.isBlank()) {
                    children.add(Long.valueOf(child.strip()));
                }
            }
        }
        return children;
    }

    /** Kills all descendants seen so far that are alive. */
    public void killSeen() {
        seen.values().forEach(ProcessHandle::destroyForcibly);
    }

    /** The names of all threads of some processes but the known ones, by thread id. */
    static Map<Long, String> threadsExcept(Set<Long> processes, Set<Long> known) {
        Map<Long, String> threads = new TreeMap<>();
        for (long process : processes) {
            for (long thread : threads(process)) {
                if (!known.contains(thread)) {
                    threads.put(
                            thread,
                            read(PROC.resolve(process + "/task/" + thread + "/comm"))
                                    .strip());
                }
            }
        }
        return threads;
    }

    /**
     * The number of the last process or thread that was created in the worker's PID namespace, which includes those of
     * its children; empty if the kernel does not tell. As long as it stays the same, none was created. Numbers recur
     * after {@code pid_max} of them; empty too if these are few.
     */
    static OptionalLong lastCreated() {
        return NUMBERS_SUFFICE ? number(LAST_CREATED) : OptionalLong.empty();
    }

    private static OptionalLong number(Path file) {
        String number = read(file).strip();
        return NUMBER.matcher(number).matches() ? OptionalLong.of(Long.parseLong(number)) : OptionalLong.empty();
    }

    /** The memory that the processes use and share with no file, in bytes. */
    public long memoryBytes() {
        long kibibytes = 0;
        for (long process : processes()) {
            Matcher sizes = MEMORY.matcher(read(PROC.resolve(process + "/status")));
            while (sizes.find()) {
                kibibytes += Long.parseLong(sizes.group(1));
            }
        }
        return kibibytes * KIBIBYTE;
    }

    /** The CPU time that processes have used, in milliseconds. */
    static long cpuMillis(Set<Long> processes) {
        long ticks = 0;
        for (long process : processes) {
            String stat = read(PROC.resolve(process + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
            if (fields.length > USER_TIME + 1) {
                ticks += Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
            }
        }
        return ticks * MILLIS_PER_TICK;
    }

    private static Set<Long> threads(long process) {
        return numbers(PROC.resolve(process + "/task"));
    }

    private static Set<Long> ofUser(int user) {
        return numbers(PROC).stream()
                .filter(process ->
                        userOf(process).filter(found -> found == user).isPresent())
                .collect(Collectors.toSet());
    }

    /** The user ids of all processes of the machine. */
    static Set<Integer> users() {
        return numbers(PROC).stream()
                .flatMap(process -> userOf(process).stream())
                .collect(Collectors.toSet());
    }

    private static Optional<Integer> userOf(long process) {
        try {
            return Optional.of((Integer) Files.getAttribute(PROC.resolve(String.valueOf(process)), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException ended) {
            return Optional.empty();
        }
    }

    /** The processes of the machine whose working directory or temporary folder is in a folder. */
    static List<ProcessHandle> workingIn(Path folder) {
        return numbers(PROC).stream()
                .filter(process -> placeIn(folder, process).isPresent())
                .flatMap(process -> ProcessHandle.of(process).stream())
                .toList();
    }

    /** The working directory or temporary folder of a process, if it is in a folder. */
    static Optional<Path> placeIn(Path folder, long process) {
        return Stream.concat(workingDirectory(process), temporaryFolder(process))
                .filter(directory -> directory.startsWith(folder))
                .findFirst();
    }

    private static Stream<Path> workingDirectory(long process) {
        try {
            return Stream.of(Files.readSymbolicLink(PROC.resolve(process + "/cwd")));
        } catch (IOException | UnsupportedOperationException endedOrOfAnotherUser) {
            return Stream.empty();
        }
    }

    private static Stream<Path> temporaryFolder(long process) {
        return temporaryFolder(read(PROC.resolve(process + "/environ")));
    }

    /** @param environment entries that end with NUL */
    static Stream<Path> temporaryFolder(String environment) {
        String variable = TEMPORARY_FOLDER + "=/";
        return Stream.of(environment.split("\0", -1))
                .filter(entry -> entry.startsWith(variable))
                .flatMap(entry -> path(entry.substring(variable.length() - 1)));
    }

    /** Empty if the text has characters that this JVM cannot use in paths. The folders of children have none. */
    private static Stream<Path> path(String text) {
        try {
            return Stream.of(Path.of(text));
        } catch (InvalidPathException unusable) {
            return Stream.empty();
        }
    }

    private static Set<Long> numbers(Path folder) {
        Set<Long> numbers = new HashSet<>();
        String[] names = folder.toFile().list(); // null if the process has ended
        for (String name : names == null ? new String[0] : names) {
            if (Character.isDigit(name.charAt(0))) {
                numbers.add(Long.valueOf(name));
            }
        }
        return numbers;
    }

    /**
     * The text of a file; empty if its process has ended. It is read at once, because a file of {@code /proc} may
     * change between two reads. A channel costs several times as much as a stream.
     */
    private static String read(Path file) {
        try {
            byte[] bytes = new byte[FIRST_BYTES];
            int length = read(file, bytes);
            while (length == bytes.length) {
                bytes = new byte[8 * bytes.length];
                length = read(file, bytes);
            }
            return new String(bytes, 0, length, UTF_8); // malformed text is replaced
        } catch (IOException ended) {
            return "";
        }
    }

    private static int read(Path file, byte[] bytes) throws IOException {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return in.readNBytes(bytes, 0, bytes.length);
        }
    }
}
