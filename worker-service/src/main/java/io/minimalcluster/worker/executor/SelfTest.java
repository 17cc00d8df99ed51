package io.minimalcluster.worker.executor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.worker.executor.protocol.BatchArguments;
import io.minimalcluster.worker.executor.protocol.BatchSpec;
import io.minimalcluster.worker.executor.protocol.ExecutedPart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** Runs a built-in function in an executor, from a bundle on disk to the returned value. */
final class SelfTest {
    private static final String OWNER = SelfTestTask.class.getName();
    private static final String METHOD = OWNER + ".next(long)";
    private static final String FUNCTIONS = "META-INF/minimalcluster/functions.json";
    private static final Duration TASK_TIMEOUT = Duration.ofSeconds(30);
    private static final int RESULT_BYTES = 100;

    private final ExecutorPool pool;
    private final Path folder;
    private final AtomicLong runCount = new AtomicLong();

    SelfTest(ExecutorPool pool, Path folder) {
        this.pool = pool;
        this.folder = folder;
    }

    /**
     * Runs the self-test.
     *
     * @throws ExecutorUnavailableException if any step fails
     */
    void run() throws ExecutorUnavailableException, InterruptedException {
        try {
            Path bundle = Files.createTempFile(folder, "trial", ".jar");
            try {
                write(bundle);
                run(work(bundle));
            } finally {
                Files.delete(bundle);
            }
        } catch (ExecutorUnavailableException unavailable) {
            throw unavailable;
        } catch (IOException refused) {
            throw new ExecutorUnavailableException("an executor can't be given a bundle: " + refused);
        }
    }

    private static void write(Path bundle) throws IOException {
        String path = OWNER.replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(bundle));
                InputStream code = SelfTestTask.class.getResourceAsStream("/" + path)) {
            if (code == null) {
                throw new IOException("there is no " + path);
            }
            jar.putNextEntry(new ZipEntry(path));
            code.transferTo(jar);
            jar.putNextEntry(new ZipEntry(FUNCTIONS));
            jar.write("[{\"owner\":\"%s\",\"signature\":\"%s\"}]"
                    .formatted(OWNER, METHOD)
                    .getBytes(UTF_8));
        }
    }

    /** Creates a batch with a unique scope, so that no bound executor is used. */
    private BatchSpec work(Path bundle) {
        return new BatchSpec(
                "trial-" + runCount.incrementAndGet(),
                new EnvironmentId("env-trial"),
                bundle,
                List.of(),
                METHOD,
                1,
                0L,
                1,
                new byte[0],
                TASK_TIMEOUT,
                RESULT_BYTES,
                false,
                false,
                null);
    }

    private void run(BatchSpec work) throws IOException, ExecutorUnavailableException, InterruptedException {
        List<ExecutedPart> parts = new ArrayList<>();
        ExecutorProcess executor = pool.take(ExecutorBinding.of(work));
        try {
            RemainingWork remainingWork =
                    new RemainingWork(work, new BatchArguments(work), new RemainingPositions(work.count()), false);
            new ExecutorSession(executor, remainingWork, parts::add, pool.timeoutMonitor()).run();
            boolean done = parts.stream().anyMatch(part -> new String(part.values(), UTF_8).equals("[1]"));
            if (!done) {
                throw new ExecutorUnavailableException(
                        "no executor runs anything: " + executor.end().describe());
            }
        } finally {
            executor.kill();
            pool.release(executor);
        }
    }
}
