package io.minimalcluster.client;

import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Thrown for a task that failed. The cause has the class name, the message and the stack trace of the remote exception,
 * so that a printed stack trace shows them.
 */
public final class TaskFailedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Begins each cause, in a message and among frames. */
    private static final Pattern CAUSED_BY = Pattern.compile("(?:^|\n)Caused by: ");

    private final transient JobId job;
    private final long index;
    private final transient @Nullable Object argument;
    private final transient TaskError error;

    TaskFailedException(JobId job, long index, @Nullable Object argument, TaskError error) {
        super(message(job, index, error), RemoteException.of(error));
        this.job = job;
        this.index = index;
        this.argument = argument;
        this.error = error;
    }

    public JobId job() {
        return job;
    }

    /** The index of the argument. */
    public long index() {
        return index;
    }

    /**
     * The argument of the task. Null if it was streamed and can't be read back, and a {@code JsonNode} if its type can
     * be written only.
     */
    public @Nullable Object argument() {
        return argument;
    }

    public ErrorKind kind() {
        return error.kind();
    }

    /** The class name of the remote exception, if there was one. */
    public Optional<String> type() {
        return Optional.ofNullable(error.type());
    }

    /** The frames of user code, innermost first, with a line {@code Caused by: …} before those of each cause. */
    public List<String> remoteStackTrace() {
        return error.stackTrace();
    }

    /** The number of runs of the task. */
    public int attempts() {
        return error.attempts();
    }

    private static String message(JobId job, long index, TaskError error) {
        return "task " + index + " of " + job.value() + " failed: "
                + texts(error).getFirst();
    }

    /** The type and message of the exception, followed by those of its causes. */
    private static List<String> texts(TaskError error) {
        String message = error.message();
        List<String> texts = new ArrayList<>(message == null ? List.of("") : List.of(CAUSED_BY.split(message, -1)));
        String kind = error.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String name = Objects.requireNonNullElse(error.type(), kind);
        texts.set(0, texts.getFirst().isEmpty() ? name : name + ": " + texts.getFirst());
        return texts;
    }

    /** The remote exception, which prints as in the executor. */
    private static final class RemoteException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        private static final Pattern FRAME = Pattern.compile("(.+)\\.([^.(]+)\\(([^:)]*)(?::(\\d{1,9}))?\\)");

        private RemoteException(String text, @Nullable RemoteException cause, List<String> frames) {
            super(text, cause, false, true);
            setStackTrace(frames.stream()
                    .map(FRAME::matcher)
                    .filter(Matcher::matches)
                    .map(RemoteException::frame)
                    .toArray(StackTraceElement[]::new));
        }

        static RemoteException of(TaskError error) {
            List<String> texts = texts(error);
            List<List<String>> frames = frames(error);
            RemoteException made = null;
            for (int at = texts.size() - 1; at > 0; at--) {
                made = new RemoteException(texts.get(at), made, at < frames.size() ? frames.get(at) : List.of());
            }
            return new RemoteException(texts.getFirst(), made, frames.getFirst());
        }

        /** The frames of the exception, followed by those of its causes. */
        private static List<List<String>> frames(TaskError error) {
            List<List<String>> all = new ArrayList<>();
            all.add(new ArrayList<>());
            for (String line : error.stackTrace()) {
                if (CAUSED_BY.matcher(line).lookingAt()) {
                    all.add(new ArrayList<>());
                } else {
                    all.getLast().add(line);
                }
            }
            return all;
        }

        private static StackTraceElement frame(Matcher frame) {
            int line = frame.group(4) == null ? -1 : Integer.parseInt(frame.group(4));
            return new StackTraceElement(frame.group(1), frame.group(2), frame.group(3), line);
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // the name of this class says nothing to users
        public String toString() {
            return String.valueOf(getMessage());
        }
    }
}
