package io.minimalcluster.task.execute;

import io.minimalcluster.task.FrameConversation;
import io.minimalcluster.task.frame.TaskStateFile;
import io.minimalcluster.task.frame.TaskStateView;
import io.minimalcluster.task.process.FrameStreams;
import io.minimalcluster.task.process.ProcessExit;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** An executor in the test JVM, whose process exit is only recorded. */
final class InProcessExecutor implements AutoCloseable {
    final CompletableFuture<Integer> exit = new CompletableFuture<>();
    final TaskStateFile taskState;
    final TaskStateView worker;
    final FrameConversation talk;
    private final PipedOutputStream toExecutor = new PipedOutputStream();
    private final Thread thread;
    private boolean isOpen = true;

    InProcessExecutor(Path folder) throws IOException {
        Path file = Files.createTempDirectory(folder, "task-state").resolve("task-state");
        worker = TaskStateView.create(file);
        taskState = TaskStateFile.open(file);
        PipedInputStream in = new PipedInputStream(toExecutor, 1 << 16);
        PipedInputStream fromExecutor = new PipedInputStream(1 << 16);
        PipedOutputStream out = new PipedOutputStream(fromExecutor);
        ExecutorLoop executor = new ExecutorLoop(
                new FrameStreams(in, out, null), taskState, new TaskOutput(), new ProcessExit(exit::complete));
        thread = Thread.ofPlatform().daemon().start(executor::run);
        talk = new FrameConversation(fromExecutor, toExecutor);
        talk.awaitReady();
    }

    @Override
    public void close() throws IOException {
        toExecutor.close();
        try {
            exit.join();
            thread.interrupt(); // replaces the end of the process
            thread.join();
            if (isOpen) {
                isOpen = false;
                worker.close();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
