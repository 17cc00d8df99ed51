package io.minimalcluster.worker.launch;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.task.frame.TaskStateFile;
import io.minimalcluster.task.frame.TaskStateView;
import io.minimalcluster.worker.launch.sandbox.SandboxSlot;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The files of one child, from outside. */
final class SandboxFiles implements AutoCloseable {
    private final SandboxSlot sandboxSlot;
    private final IsolationMethod isolationMethod;
    private @Nullable TaskStateView taskState;
    private TaskStateReading last = TaskStateReading.NONE;
    private long signs;

    SandboxFiles(SandboxSlot sandboxSlot, IsolationMethod isolationMethod, @Nullable TaskStateView taskState) {
        this.sandboxSlot = sandboxSlot;
        this.isolationMethod = isolationMethod;
        this.taskState = taskState;
    }

    /** Puts a file where the child can read it and not write it; as it sees it. */
    String give(Path file, String name) throws IOException {
        Path given = sandboxSlot.job().resolve(name);
        if (sandboxSlot.user().isEmpty() || isReadableByAll(file)) {
            linkOrCopy(file, given);
        } else {
            copy(file, given);
        }
        return isolationMethod.paths(file, sandboxSlot).job() + "/" + name;
    }

    /** Takes back what was given, so that its name can be given again. */
    void takeBack(String name) throws IOException {
        Files.deleteIfExists(sandboxSlot.job().resolve(name));
    }

    private static boolean isReadableByAll(Path file) throws IOException {
        return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    }

    private static void linkOrCopy(Path file, Path given) throws IOException {
        try {
            Files.createLink(given, file);
        } catch (FileAlreadyExistsException twice) {
            throw twice;
        } catch (FileSystemException | UnsupportedOperationException otherFileSystem) {
            copy(file, given);
        }
    }

    private static void copy(Path file, Path given) throws IOException {
        Files.copy(file, given);
        SandboxSlot.allow(given, "r--r--r--");
    }

    /** From now on only who has mapped the marks writes them, and nobody can cut the file short under us. */
    void sealMarks() throws IOException {
        if (taskState != null) {
            SandboxSlot.allow(sandboxSlot.marks(), "r--------");
        }
    }

    synchronized TaskStateReading mark() {
        if (taskState != null) {
            // the position first, see Marks; neither is there if the child, as the same user, cut the file short
            long position = taskState.position().orElse(TaskStateFile.IDLE);
            last = new TaskStateReading(taskState.started().orElse(last.started()), position);
        }
        return last;
    }

    /** Says that this process is there, and for how long a task may run on without hearing that again. */
    synchronized void signOfLife(Duration patience) throws IOException {
        if (taskState != null) {
            taskState.signOfLife(++signs, patience.toMillis());
        }
    }

    /** Says from which position on no task of its batch is to start. */
    synchronized void endAt(long position) throws IOException {
        if (taskState != null) {
            taskState.endAt(position);
        }
    }

    /** Whether what the child started ends with it, at the latest by a sweep. */
    boolean isSwept() {
        return isolationMethod.level() != Isolation.PROCESS;
    }

    Path folder() {
        return sandboxSlot.folder();
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            mark();
            if (taskState != null) {
                taskState.close();
                taskState = null;
            }
        }
        sandboxSlot.close();
    }
}
