package io.minimalcluster.client.cli.output;

import io.minimalcluster.client.TaskResult;
import io.minimalcluster.client.cli.option.UsageException;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file with a line for each outcome of a job, in the order of their recording. The number of its lines is a position
 * in the log of the master, so an interrupted reader continues behind the last complete line.
 */
public final class JobLog implements AutoCloseable {
    private static final int HEAD_LINES = 2;
    private static final int BUFFER = 1 << 16;
    private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final Pattern HEAD =
            Pattern.compile("# minimalcluster job=(\\S+) environment=(\\S+) arguments=(\\S+) method=(.*)");

    /**
     * The job of a log.
     *
     * @param arguments a range or a digest, which tells other arguments apart
     */
    public record Head(JobId job, EnvironmentId environment, String arguments, String method) {
        private String line() {
            return "# minimalcluster job=" + job + " environment=" + environment + " arguments=" + arguments
                    + " method=" + method;
        }

        private static Optional<Head> of(String line) {
            Matcher found = HEAD.matcher(line);
            return found.matches()
                    ? Optional.of(new Head(
                            new JobId(found.group(1)),
                            new EnvironmentId(found.group(2)),
                            found.group(3),
                            found.group(4)))
                    : Optional.empty();
        }
    }

    private final Head head;
    private final long recorded;
    private final BufferedWriter lines;
    private long flushedAt; // guarded by this, like the next field
    private boolean closed;

    private JobLog(Head head, long recorded, BufferedWriter lines) {
        this.head = head;
        this.recorded = recorded;
        this.lines = lines;
    }

    /** Begins the log in an empty file that exists. */
    public static JobLog create(Path file, Head head) throws IOException {
        BufferedWriter lines = Files.newBufferedWriter(file, StandardOpenOption.WRITE);
        lines.write(head.line() + "\nindex\tstate\tresult\n");
        lines.flush();
        return new JobLog(head, 0, lines);
    }

    /** Opens a log to continue it, and cuts off an incomplete last line. Empty without a file or in an empty file. */
    public static Optional<JobLog> reopen(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new UsageException(file + " is no regular file, as a job log is; give another file");
        }
        if (!Files.exists(file) || Files.size(file) == 0) {
            Files.deleteIfExists(file);
            return Optional.empty();
        }
        Optional<Head> head;
        try (var text = Files.newBufferedReader(file)) {
            head = Optional.ofNullable(text.readLine()).flatMap(Head::of);
        }
        if (head.isEmpty()) {
            throw new UsageException(file + " is no job log; give another file");
        }
        long complete = keepCompleteLines(file);
        return Optional.of(new JobLog(
                head.get(),
                Math.max(0, complete - HEAD_LINES),
                Files.newBufferedWriter(file, StandardOpenOption.APPEND)));
    }

    private static long keepCompleteLines(Path file) throws IOException {
        long lines = 0;
        long end = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            long position = 0;
            while (channel.read(buffer.clear()) > 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    position++;
                    if (buffer.get() == '\n') {
                        lines++;
                        end = position;
                    }
                }
            }
            channel.truncate(end);
        }
        return lines;
    }

    public Head head() {
        return head;
    }

    /** The number of outcomes that the file had when it was opened. */
    public long recorded() {
        return recorded;
    }

    /** Appends an outcome. It reaches the disk soon, or with the next one. */
    public synchronized void append(TaskResult result) {
        if (closed) {
            return;
        }
        String outcome = result.error() == null
                ? String.valueOf(result.value())
                : JobSummary.describe(result.error()).replaceAll("\\s+", " ");
        String state = result.state() != null ? result.state().name() : result.error() == null ? "SUCCEEDED" : "FAILED";
        try {
            lines.write(result.index() + "\t" + state + "\t" + outcome + "\n");
            long now = System.nanoTime();
            if (now - flushedAt > FLUSH_NANOS) {
                flushedAt = now;
                lines.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(new FileSystemException("the job log", null, e.getMessage()));
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        lines.close();
    }
}
