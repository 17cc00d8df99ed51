package io.minimalcluster.task.execute;

import io.minimalcluster.task.Conversation;
import io.minimalcluster.task.frame.Marks;
import io.minimalcluster.task.frame.MarksView;
import io.minimalcluster.task.process.Exit;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** An executor within the test, its process' end only noted. */
final class InProcess implements AutoCloseable {
    final CompletableFuture<Integer> exit = new CompletableFuture<>();
    final Marks marks;
    final MarksView worker;
    final Conversation talk;
    private final PipedOutputStream toExecutor = new PipedOutputStream();
    private final Thread thread;
    private boolean isOpen = true;

    InProcess(Path folder) throws IOException {
        Path file = Files.createTempDirectory(folder, "marks").resolve("marks");
        worker = MarksView.create(file);
        marks = Marks.open(file);
        PipedInputStream in = new PipedInputStream(toExecutor, 1 << 16);
        PipedInputStream fromExecutor = new PipedInputStream(1 << 16);
        PipedOutputStream out = new PipedOutputStream(fromExecutor);
        Executor executor = new Executor(in, out, marks, new TaskOutput(), new Exit(exit::complete));
        thread = Thread.ofPlatform().daemon().start(executor::run);
        talk = new Conversation(fromExecutor, toExecutor);
        talk.awaitReady();
    }

    @Override
    public void close() throws IOException {
        toExecutor.close();
        try {
            exit.join();
            thread.interrupt(); // in place of the end of the process
            thread.join();
            if (isOpen) {
                isOpen = false;
                worker.close();
                marks.close();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
