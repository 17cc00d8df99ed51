package io.minimalcluster.worker.launch;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The single thread that forks all children. Children die with their parent, which for the kernel is the forking
 * thread, so that thread must not end early.
 */
final class ForkThread implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("fork").factory());

    Process fork(ProcessBuilder command) throws IOException {
        try {
            return CompletableFuture.supplyAsync(() -> start(command), thread).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof Unstarted unstarted) {
                throw new IOException(unstarted.getCause());
            }
            throw failed;
        }
    }

    private static Process start(ProcessBuilder command) {
        try {
            return command.start();
        } catch (IOException refused) {
            throw new Unstarted(refused);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static final class Unstarted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unstarted(IOException cause) {
            super(cause);
        }
    }
}
