package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.client.Client;
import io.minimalcluster.client.NewJob;
import io.minimalcluster.client.TaskResult;
import io.minimalcluster.client.cli.option.UsageException;
import io.minimalcluster.client.cli.output.JobLog;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.ProgressFormatter;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.support.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A job of {@code run}, posted or continued, with its log file if there is one.
 *
 * @param logged number of outcomes that the log file had before
 */
record LoggedJob(Job job, Optional<JobLog> log, long logged) implements AutoCloseable {
    private static final String INPUT = "input";

    static LoggedJob start(Client client, Output output, NewJob wanted, @Nullable Path file, boolean resume)
            throws IOException {
        Optional<JobLog> earlier = resume && file != null ? JobLog.reopen(file) : Optional.empty();
        if (earlier.isPresent()) {
            return continued(client, output, wanted, earlier.get());
        }
        if (file == null) {
            Job posted = client.submit(wanted);
            output.note(posted.id().value());
            return new LoggedJob(posted, Optional.empty(), 0);
        }
        Files.createFile(file); // fails before anything is posted
        Job posted;
        try {
            posted = client.submit(wanted);
        } catch (RuntimeException | IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        output.note(posted.id().value());
        return new LoggedJob(posted, Optional.of(JobLog.create(file, head(posted, wanted))), 0);
    }

    private static LoggedJob continued(Client client, Output output, NewJob wanted, JobLog log) throws IOException {
        Job job = client.job(log.head().job());
        if (!log.head().equals(head(job, wanted))) {
            log.close();
            throw new UsageException("the log is of another source, method or arguments ("
                    + log.head().method() + " in " + job.id() + "); give another --joblog");
        }
        boolean retries = job.state() == JobState.FAILED || job.state() == JobState.CANCELLED;
        output.note(job.id() + " is continued: "
                + ProgressFormatter.count(job.tasks().succeeded()) + " of "
                + ProgressFormatter.counted(job.tasks().total(), "task") + " have a value"
                + (retries ? ", the others run again" : ""));
        return new LoggedJob(retries ? client.retry(job.id()) : job, Optional.of(log), log.recorded());
    }

    private static JobLog.Head head(Job job, NewJob wanted) throws IOException {
        NewJob.Method target = (NewJob.Method) wanted.target();
        return new JobLog.Head(job.id(), target.environmentId(), fingerprint(wanted.arguments()), target.method());
    }

    /** A text that differs for other arguments, except for those of standard input or of a pipe. */
    private static String fingerprint(Arguments arguments) throws IOException {
        return switch (arguments) {
            case Arguments.Range(var range) -> range.from() + ".." + range.to();
            case Arguments.Json(String array) -> "sha256:" + Sha256.hex(array);
            case Arguments.JsonFile(Path file) -> digest(file);
            case Arguments.JsonLines(Path file) -> digest(file);
            case Arguments.JsonLinesFrom _, Arguments.Values _, Arguments.Each _ -> INPUT;
        };
    }

    private static String digest(Path file) throws IOException {
        if (Arguments.isReadOnce(file)) {
            return INPUT;
        }
        MessageDigest digest = Sha256.digest();
        try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    void append(TaskResult result) {
        log.ifPresent(lines -> lines.append(result));
    }

    /** A reader that passes each result on after it is in the log. */
    Consumer<TaskResult> andThen(Consumer<TaskResult> next) {
        return result -> {
            append(result);
            next.accept(result);
        };
    }

    @Override
    public void close() throws IOException {
        if (log.isPresent()) {
            log.get().close();
        }
    }
}
