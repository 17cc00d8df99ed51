package io.minimalcluster.worker.launch;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.task.frame.Marks;
import io.minimalcluster.task.frame.MarksView;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The files of one child, from outside. */
final class ForkedFiles implements AutoCloseable {
    private final Claim claim;
    private final Walls walls;
    private @Nullable MarksView marks;
    private TaskMark last = TaskMark.NONE;
    private long signs;

    ForkedFiles(Claim claim, Walls walls, @Nullable MarksView marks) {
        this.claim = claim;
        this.walls = walls;
        this.marks = marks;
    }

    /** Puts a file where the child can read it and not write it; as it sees it. */
    String give(Path file, String name) throws IOException {
        Path given = claim.job().resolve(name);
        if (claim.user().isEmpty() || isReadableByAll(file)) {
            linkOrCopy(file, given);
        } else {
            copy(file, given);
        }
        return walls.sight(file, claim).job() + "/" + name;
    }

    /** Takes back what was given, so that its name can be given again. */
    void takeBack(String name) throws IOException {
        Files.deleteIfExists(claim.job().resolve(name));
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
        Claim.allow(given, "r--r--r--");
    }

    /** From now on only who has mapped the marks writes them, and nobody can cut the file short under us. */
    void sealMarks() throws IOException {
        if (marks != null) {
            Claim.allow(claim.marks(), "r--------");
        }
    }

    synchronized TaskMark mark() {
        if (marks != null) {
            // the position first, see Marks; neither is there if the child, as the same user, cut the file short
            long position = marks.position().orElse(Marks.IDLE);
            last = new TaskMark(marks.started().orElse(last.started()), position);
        }
        return last;
    }

    /** Says that this process is there, and for how long a task may run on without hearing that again. */
    synchronized void signOfLife(Duration patience) throws IOException {
        if (marks != null) {
            marks.signOfLife(++signs, patience.toMillis());
        }
    }

    /** Says from which position on no task of its batch is to start. */
    synchronized void endAt(long position) throws IOException {
        if (marks != null) {
            marks.endAt(position);
        }
    }

    /** Whether what the child started ends with it, at the latest by a sweep. */
    boolean isSwept() {
        return walls.level() != Isolation.PROCESS;
    }

    Path folder() {
        return claim.folder();
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            mark();
            if (marks != null) {
                marks.close();
                marks = null;
            }
        }
        claim.close();
    }
}
