package io.minimalcluster.worker.executor;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Target functions, including malicious ones. A fault occurs at the argument 5. They run in an executor, without other
 * test classes.
 */
public final class UserTasks {
    static final String TRAPPED = "5";

    /** Identifies the process, even inside a process id namespace. */
    private static final long PROCESS_START = System.nanoTime();

    private static final AtomicLong CALLS = new AtomicLong();
    private static final byte PART = 7;

    private UserTasks() {}

    public static long square(long x) {
        return x * x;
    }

    public static long processStart(long x) {
        return PROCESS_START;
    }

    public static long calls(long x) {
        return CALLS.incrementAndGet();
    }

    public static long callsSlowly(long x) throws InterruptedException {
        Thread.sleep(1);
        return CALLS.incrementAndGet();
    }

    public static long pause(long millis) throws InterruptedException {
        Thread.sleep(millis);
        return millis;
    }

    public static String echo(String text) {
        return text;
    }

    public static String large(long x) {
        return "x".repeat(50_000);
    }

    public static long print(long x) {
        System.out.println("at " + x);
        return x;
    }

    public static long printAndHalt(long x) {
        System.out.println("begins " + x);
        if (x == 5) {
            System.err.print("ends here");
            Runtime.getRuntime().halt(42);
        }
        return x;
    }

    public static long printAndHang(long x) throws InterruptedException {
        System.out.print("hangs");
        return hang(5);
    }

    /** Never ends, and needs no processor for that. */
    public static long hang(long x) throws InterruptedException {
        if (x == 5) {
            new CountDownLatch(1).await();
        }
        return x;
    }

    public static long loop(long x) {
        while (x == 5) {
            Thread.onSpinWait();
        }
        return x;
    }

    public static long exit(long x) {
        if (x == 5) {
            System.exit(0);
        }
        return x;
    }

    public static long halt(long x) {
        if (x == 5) {
            Runtime.getRuntime().halt(42);
        }
        return x;
    }

    public static long linger(long x) {
        if (x == 5) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> new CompletableFuture<Void>().join()));
            System.exit(0);
        }
        return x;
    }

    public static long heap(long x) {
        List<byte[]> all = new ArrayList<>();
        while (x == 5) {
            all.add(new byte[1 << 20]);
        }
        return x + all.size();
    }

    public static long array(long x) {
        return x == 5 ? new long[Integer.MAX_VALUE].length : x;
    }

    public static long classes(long x) throws IOException {
        List<Class<?>> all = new ArrayList<>();
        try (InputStream code = UserTasks.class.getResourceAsStream("UserTasks.class")) {
            byte[] bytes = code == null ? new byte[0] : code.readAllBytes();
            while (x == 5) {
                all.add(new RepeatingClassLoader().define(bytes));
            }
        }
        return x + all.size();
    }

    /** A class loader that defines the same class repeatedly. */
    public static final class RepeatingClassLoader extends ClassLoader {
        private Class<?> define(byte[] bytes) {
            return defineClass(null, bytes, 0, bytes.length);
        }
    }

    public static long direct(long x) {
        List<ByteBuffer> all = new ArrayList<>();
        while (x == 5) {
            all.add(ByteBuffer.allocateDirect(1 << 20));
        }
        return x + all.size();
    }

    public static long pretend(long x) {
        if (x == 5) {
            throw new OutOfMemoryError("simulated");
        }
        return x;
    }

    public static long stack(long x) {
        return x == 5 ? 1 + stack(x) : x;
    }

    public static long fail(long x) {
        return x / (x - 5);
    }

    public static long crash(long x) throws ReflectiveOperationException {
        if (x == 5) {
            Class<?> unsafe = Class.forName("sun.misc.Unsafe");
            Field the = unsafe.getDeclaredField("theUnsafe");
            the.setAccessible(true);
            unsafe.getMethod("putLong", long.class, long.class).invoke(the.get(null), 1L, 1L);
        }
        return x;
    }

    public static long garbage(long x) throws IOException {
        if (x == 5) {
            send("this is no frame at all".getBytes(StandardCharsets.UTF_8));
        }
        return x;
    }

    public static long forge(long x) throws Exception {
        if (x == 5) {
            byte[] header = "{\"first\":0,\"count\":3,\"errors\":[],\"nanos\":[],\"output\":[]}"
                    .getBytes(StandardCharsets.UTF_8);
            byte[] body = "[1,2,3]".getBytes(StandardCharsets.UTF_8);
            send(ByteBuffer.allocate(9 + header.length + body.length)
                    .putInt(5 + header.length + body.length)
                    .put(PART)
                    .putInt(header.length)
                    .put(header)
                    .put(body)
                    .array());
            hang(5);
        }
        return x;
    }

    private static void send(byte[] bytes) throws IOException {
        try (FileOutputStream frames = new FileOutputStream("/dev/fd/4")) {
            frames.write(bytes);
        }
    }

    /** Prints to descriptor 1, and reads descriptor 0. */
    @SuppressWarnings("resource") // the streams belong to the process
    public static long descriptors(long x) throws IOException {
        new FileOutputStream(FileDescriptor.out).write(("at " + x).getBytes(StandardCharsets.UTF_8));
        Files.writeString(Path.of("/dev/stdout"), "!");
        return new FileInputStream(FileDescriptor.in).read();
    }

    public static long hook(long x) {
        if (x == 5) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.exit(3)));
            System.exit(0);
        }
        return x;
    }

    /** Claims again and again to have started another task. */
    public static long claimsStarts(long x) throws IOException {
        while (x == 5) {
            taskState().set(ValueLayout.JAVA_LONG, 0, taskState().get(ValueLayout.JAVA_LONG, 0) + 1);
        }
        return x;
    }

    /** Claims to run no task. */
    public static long claimsIdle(long x) throws Exception {
        if (x == 5) {
            taskState().set(ValueLayout.JAVA_LONG, 8, -1);
        }
        return hang(x);
    }

    /** The task state file, as the runtime has mapped it. */
    @SuppressWarnings("restricted")
    private static MemorySegment taskState() throws IOException {
        try (Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
            String address = mappings.filter(line -> line.endsWith("/marks"))
                    .map(line -> line.substring(0, line.indexOf('-')))
                    .findFirst()
                    .orElseThrow();
            return MemorySegment.ofAddress(Long.parseLong(address, 16)).reinterpret(4096);
        }
    }

    /** A class whose initialiser fails. */
    public static final class Broken {
        static final int VALUE = Integer.parseInt("q");

        private Broken() {}
    }

    public static long broken(long x) {
        return x == 5 ? Broken.VALUE : PROCESS_START;
    }

    /** Halts the process in its static initializer. */
    public static final class Poisoned {
        static {
            Runtime.getRuntime().halt(9);
        }

        private Poisoned() {}

        public static long run(long x) {
            return x;
        }
    }
}
