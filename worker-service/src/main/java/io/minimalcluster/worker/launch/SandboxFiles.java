package io.minimalcluster.worker.launch;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.task.frame.TaskStateFile;
import io.minimalcluster.task.frame.TaskStateView;
import io.minimalcluster.worker.launch.sandbox.SandboxSlot;
import io.minimalcluster.worker.launch.sandbox.SandboxUser;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The files of one child, as seen from the parent. */
final class SandboxFiles implements AutoCloseable {
    private final SandboxSlot sandboxSlot;
    private final IsolationMethod isolationMethod;
    private @Nullable TaskStateView taskState;
    private @Nullable RandomAccessFile output;
    private TaskStateReading last = TaskStateReading.NONE;
    private byte[] lastOutput = {};
    private long signalCount;

    SandboxFiles(SandboxSlot sandboxSlot, IsolationMethod isolationMethod, @Nullable TaskStateView taskState) {
        this.sandboxSlot = sandboxSlot;
        this.isolationMethod = isolationMethod;
        this.taskState = taskState;
    }

    /**
     * Makes a file readable for the child, but not writable.
     *
     * @return the path as the child sees it
     */
    String give(Path file, String name) throws IOException {
        Path given = sandboxSlot.job().resolve(name);
        if (sandboxSlot.user().isEmpty() || isReadableByAll(file)) {
            linkOrCopy(file, given);
        } else {
            copy(file, given);
        }
        return isolationMethod.paths(file, null, sandboxSlot).job() + "/" + name;
    }

    /** Removes a file of {@link #give}, so that its name can be used again. */
    void takeBack(String name) throws IOException {
        Files.deleteIfExists(sandboxSlot.job().resolve(name));
    }

    private static boolean isReadableByAll(Path file) throws IOException {
        return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    }

    private static void linkOrCopy(Path file, Path given) throws IOException {
        try {
            Files.createLink(given, file);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException _) {
            copy(file, given);
        }
    }

    private static void copy(Path file, Path given) throws IOException {
        Files.copy(file, given);
        SandboxSlot.allow(given, "r--r--r--");
    }

    /**
     * Removes write permission from the task state file. The child has it mapped, and no process can truncate the file
     * from now on.
     */
    void sealTaskState() throws IOException {
        if (taskState != null) {
            SandboxSlot.allow(sandboxSlot.taskStateFile(), "r--------");
        }
    }

    /**
     * Keeps the named pipe of descriptor 1 open, so that output survives a crash of the child. To be called while it
     * runs.
     */
    synchronized void keepOutput() throws IOException {
        if (output == null && Files.exists(sandboxSlot.output())) {
            output = new RandomAccessFile(sandboxSlot.output().toFile(), "rw"); // to read only would wait for a writer
        }
    }

    /** What the child printed to descriptor 1 and has not read itself, such as the report of a native crash. */
    @SuppressWarnings("resource") // close() closes the descriptor
    synchronized byte[] unreadOutput() throws IOException {
        if (output == null) {
            return new byte[0];
        }
        FileInputStream pipe = new FileInputStream(output.getFD());
        byte[] unread = new byte[pipe.available()];
        return unread.length == 0 ? unread : Arrays.copyOf(unread, Math.max(0, pipe.read(unread)));
    }

    synchronized TaskStateReading taskState() {
        if (taskState != null) {
            // the position first, see TaskStateFile; a child of the same user may have truncated the file
            long position = taskState.position().orElse(TaskStateFile.IDLE);
            last = new TaskStateReading(taskState.started().orElse(last.started()), position);
        }
        return last;
    }

    /** The output of the current task, or that of the last one after the end. */
    synchronized byte[] taskOutput() {
        if (taskState != null) {
            lastOutput = taskState.output();
        }
        return lastOutput;
    }

    /** Whether the child reports that it has begun to exit. */
    synchronized boolean isExiting() {
        return taskState != null && taskState.isExiting();
    }

    /** Writes the liveness signal with the timeout of the child's watchdog. */
    synchronized void writeLivenessSignal(Duration timeout) throws IOException {
        if (taskState != null) {
            taskState.writeLivenessSignal(++signalCount, timeout.toMillis());
        }
    }

    /** Sets the position from which on no task of the batch starts. */
    synchronized void endAt(long position) throws IOException {
        if (taskState != null) {
            taskState.endAt(position);
        }
    }

    /** Whether descendants of the child end with it, at the latest by a sweep. */
    boolean isSwept() {
        return isolationMethod.level() != Isolation.PROCESS;
    }

    /** The user id of the child, if it has its own. */
    OptionalInt userId() {
        return sandboxSlot.user().stream().mapToInt(SandboxUser::userId).findFirst();
    }

    Path folder() {
        return sandboxSlot.folder();
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            taskState();
            taskOutput();
            if (taskState != null) {
                taskState.close();
                taskState = null;
            }
            if (output != null) {
                output.close();
                output = null;
            }
        }
        sandboxSlot.close();
    }
}
