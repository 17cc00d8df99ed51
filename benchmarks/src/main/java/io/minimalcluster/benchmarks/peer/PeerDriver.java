package io.minimalcluster.benchmarks.peer;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The main class of a driver calls this: it runs workloads on another system and measures them. */
public final class PeerDriver {
    /**
     * The time after which no further round begins. Spark takes about 13 s for 10,000 tasks on an idle machine, because
     * its driver schedules tasks one by one.
     */
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(15);

    private static final long ROUNDS_NANOS = TimeUnit.SECONDS.toNanos(45);

    private static final long END_SECONDS = 20;
    private static final int DELETE_ATTEMPTS = 100;
    private static final long DELETE_PAUSE_MILLIS = 50;

    private final Launch launch;
    private @Nullable Peer peer;

    PeerDriver(Launch launch) {
        this.launch = launch;
    }

    /** Starts a cluster of the other system. */
    @FunctionalInterface
    public interface Launch {
        Peer start() throws Exception;
    }

    /**
     * Answers the requests on standard input. The end of that stream is the end of the parent, or its wish, and ends
     * this process. Arguments: the folder of temporary files, which is deleted at the end.
     */
    public static void serve(String[] args, Launch launch) throws IOException {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err); // other systems print there
        PeerDriver driver = new PeerDriver(launch);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            driver.end(); // again, because Ctrl-C ends drivers too
            cleanUp(Path.of(args[0]));
        }));
        try (BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            driver.serve(requests, answers);
        } finally {
            System.exit(0);
        }
    }

    /** Answers requests until their end, and closes the cluster. A request that still runs is given up. */
    void serve(BufferedReader requests, PrintStream answers) throws IOException {
        ExecutorService runner =
                Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
        for (String request = requests.readLine(); request != null; request = requests.readLine()) {
            String line = request;
            runner.execute(() -> answers.println(answer(line)));
        }
        runner.shutdownNow();
        end();
    }

    /** Closes the cluster, or gives up after a time. */
    private void end() {
        try {
            Thread.ofPlatform().daemon().start(this::stop).join(TimeUnit.SECONDS.toMillis(END_SECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private String answer(String request) {
        try {
            List<String> words = List.of(request.split(" "));
            List<Sample> samples = words.get(0).equals(DriverConnection.START)
                    ? coldStarts(Integer.parseInt(words.get(1)))
                    : run(
                            PeerTask.valueOf(words.get(1)),
                            Integer.parseInt(words.get(2)),
                            Integer.parseInt(words.get(3)),
                            Integer.parseInt(words.get(4)));
            return samples.stream().map(Sample::toString).collect(Collectors.joining(" "));
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            return DriverConnection.FAILURE + e.toString().lines().findFirst().orElse("");
        }
    }

    private List<Sample> run(PeerTask task, int count, int warmUpRounds, int rounds) throws Exception {
        Peer running = running();
        List<? extends Serializable> arguments = task.arguments(count);
        rounds(warmUpRounds, WARM_UP_NANOS, () -> sample(running, task, arguments));
        return rounds(rounds, ROUNDS_NANOS, () -> sample(running, task, arguments));
    }

    private List<Sample> coldStarts(int rounds) throws Exception {
        stop();
        return rounds(rounds, ROUNDS_NANOS, this::coldStart);
    }

    private Sample coldStart() throws Exception {
        long started = System.nanoTime();
        try {
            long total = total(running(), PeerTask.SAME, PeerTask.SAME.arguments(1));
            return new Sample(total, (System.nanoTime() - started) / 1e9);
        } finally {
            stop();
        }
    }

    private static Sample sample(Peer running, PeerTask task, List<? extends Serializable> arguments) throws Exception {
        long started = System.nanoTime();
        long total = total(running, task, arguments);
        return new Sample(total, (System.nanoTime() - started) / 1e9);
    }

    private static long total(Peer running, PeerTask task, List<? extends Serializable> arguments) throws Exception {
        return running.values(task, arguments).stream().mapToLong(task::total).sum();
    }

    /** A measured action. */
    @FunctionalInterface
    private interface Round {
        Sample take() throws Exception;
    }

    private static List<Sample> rounds(int rounds, long nanos, Round round) throws Exception {
        List<Sample> samples = new ArrayList<>();
        long started = System.nanoTime();
        while (samples.size() < rounds && (samples.isEmpty() || System.nanoTime() - started < nanos)) {
            samples.add(round.take());
        }
        return samples;
    }

    private synchronized Peer running() throws Exception {
        if (peer == null) {
            peer = launch.start();
        }
        return peer;
    }

    private synchronized void stop() {
        if (peer != null) {
            peer.close();
            peer = null;
        }
    }

    /** Ends what is left of the workers, and deletes the folder, in which other hooks delete files meanwhile. */
    private static void cleanUp(Path folder) {
        List<ProcessHandle> workers = ProcessHandle.current().descendants().toList();
        workers.forEach(ProcessHandle::destroyForcibly);
        workers.forEach(worker -> worker.onExit().join());
        try {
            for (int attempt = 0; attempt < DELETE_ATTEMPTS && !delete(folder); attempt++) {
                Thread.sleep(DELETE_PAUSE_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("not yet deleted: " + e);
        }
        return !Files.exists(folder);
    }
}
