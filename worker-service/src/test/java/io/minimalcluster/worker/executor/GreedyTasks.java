package io.minimalcluster.worker.executor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;

/** Target functions that leave something running, or that reach a limit at the argument 5. */
public final class GreedyTasks {
    private static final int MEBIBYTE = 1 << 20;

    private GreedyTasks() {}

    public static long leaveThread(long x) {
        Thread.ofPlatform().daemon().start(() -> await(new CountDownLatch(1)));
        return x;
    }

    public static long leaveChild(long seconds) throws IOException {
        new ProcessBuilder("sleep", String.valueOf(seconds)).start();
        return seconds;
    }

    public static long leaveDaemon(long seconds) throws Exception {
        return new ProcessBuilder("sh", "-c", "setsid sleep " + seconds + " & exit")
                .start()
                .waitFor();
    }

    /** The start time of the process, as the worker sees it too. */
    public static long startMillis(long x) {
        return ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli() + x;
    }

    public static long leaveWork(long x) {
        var _ = CompletableFuture.runAsync(() -> {
            while (x >= 0) {
                Thread.onSpinWait();
            }
        });
        return x;
    }

    public static long sumInParallel(long x) {
        return LongStream.range(0, 100_000).parallel().sum() + x;
    }

    public static long useNativeMemory(long x) throws InterruptedException {
        if (x == 5) {
            try (Arena arena = Arena.ofShared()) {
                for (int i = 0; i < 60; i++) {
                    arena.allocate(10 * MEBIBYTE).fill((byte) 1);
                }
                Thread.sleep(60_000);
            }
        }
        return x;
    }

    public static long startThreads(long x) {
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; x == 5 && i < 500; i++) {
            Thread.ofPlatform().daemon().start(() -> await(end));
        }
        end.countDown();
        return x;
    }

    public static long writeLongFile(long x) throws IOException {
        if (x == 5) {
            write(1, 100);
        }
        return x;
    }

    public static long fillTmp(long x) throws IOException {
        if (x == 5) {
            write(10, 10);
        }
        return x;
    }

    /** Writes files and deletes them, because later tasks have the same limits. */
    private static void write(int files, int mebibytes) throws IOException {
        List<Path> written = new ArrayList<>();
        byte[] block = new byte[MEBIBYTE];
        try {
            for (int i = 0; i < files; i++) {
                Path file = Files.createTempFile("greedy", null);
                written.add(file);
                try (OutputStream out = Files.newOutputStream(file)) {
                    for (int j = 0; j < mebibytes; j++) {
                        out.write(block);
                    }
                }
            }
        } finally {
            for (Path file : written) {
                Files.delete(file);
            }
        }
    }

    public static long openFiles(long x) throws IOException {
        List<InputStream> open = new ArrayList<>();
        try {
            for (int i = 0; x == 5 && i < 3000; i++) {
                open.add(Files.newInputStream(Path.of("/dev/null")));
            }
        } finally {
            for (InputStream stream : open) {
                stream.close();
            }
        }
        return x;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
