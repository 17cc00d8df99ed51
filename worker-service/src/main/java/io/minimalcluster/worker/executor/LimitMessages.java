package io.minimalcluster.worker.executor;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.model.support.ByteSize;
import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.task.frame.OutcomePart.PositionError;
import io.minimalcluster.worker.executor.protocol.ExecutedPart;
import java.util.ArrayList;
import java.util.List;

/** Adds the limit and its setting to the error of a task that reached a limit. */
final class LimitMessages {
    private final List<Limit> limits;

    /**
     * A limit of executors.
     *
     * @param ofMemory whether reaching it is an out-of-memory error, which another attempt may avoid
     * @param texts types or parts of the messages of the JDK, one of which occurs in the error
     */
    private record Limit(boolean ofMemory, String explanation, String... texts) {
        boolean isReachedBy(TaskError error) {
            boolean mayBe =
                    error.kind() == ErrorKind.OUT_OF_MEMORY || (!ofMemory && error.kind() == ErrorKind.EXCEPTION);
            String found = error.type() + ": " + error.message();
            return mayBe && List.of(texts).stream().anyMatch(found::contains);
        }

        /** The error with its explanation. The kind of a limit that is not of memory is not out-of-memory. */
        TaskError explain(TaskError error) {
            return new TaskError(
                    ofMemory ? error.kind() : ErrorKind.EXCEPTION,
                    error.type(),
                    error.message() == null ? explanation : error.message() + "\n" + explanation,
                    error.stackTrace(),
                    error.attempts());
        }
    }

    LimitMessages(ExecutorLimits of, Isolation isolation) {
        limits = new ArrayList<>(List.of(
                new Limit(
                        false,
                        isolation == Isolation.PROCESS
                                ? "The machine allows no more threads or processes."
                                : limit(
                                        "threads and processes",
                                        of.processLimits().processes(),
                                        "processes"),
                        "unable to create native thread",
                        "Resource temporarily unavailable"),
                new Limit(
                        false,
                        limit("the size of a file", size(of.processLimits().fileBytes()), "file-size"),
                        "File too large"),
                new Limit(
                        false,
                        isolation == Isolation.PROCESS
                                ? "The disk of the worker is full."
                                : limit(
                                        "temporary space",
                                        size(of.processLimits().tmpBytes()),
                                        "tmp"),
                        "No space left on device"),
                new Limit(
                        false,
                        limit("open files", of.processLimits().openFiles(), "open-files"),
                        "Too many open files"),
                new Limit(
                        true, limit("the heap", size(of.heapBytes()), "heap"), "Java heap space", "GC overhead limit"),
                new Limit(
                        true,
                        limit("metaspace", size(of.metaspaceBytes()), "metaspace"),
                        "Metaspace",
                        "Compressed class space"),
                new Limit(
                        true,
                        limit("direct memory", size(of.directBytes()), "direct-memory"),
                        "direct buffer memory",
                        "Direct buffer memory")));
        if (isolation == Isolation.BUBBLEWRAP) {
            limits.add(new Limit(
                    false,
                    "Tasks have a network only with the option network of their job.",
                    "java.net.UnknownHostException",
                    "java.nio.channels.UnresolvedAddressException",
                    "Network is unreachable"));
        }
    }

    private static String limit(String of, Object value, String setting) {
        return "The limit of " + of + " is " + value + " (minimalcluster.executor." + setting + ").";
    }

    private static String size(long bytes) {
        return new ByteSize(bytes).toString();
    }

    /** The error of a task whose executor exceeded the limit of resident memory. */
    static TaskError overMemory(long limit) {
        String message =
                "The executor and its processes used too much memory. " + limit("their memory", size(limit), "memory");
        return new TaskError(ErrorKind.OUT_OF_MEMORY, null, message, List.of(), 1);
    }

    /** Explains the errors of a part. */
    ExecutedPart explain(ExecutedPart part) {
        if (part.errors().isEmpty()) {
            return part;
        }
        List<PositionError> errors = part.errors().stream()
                .map(failure -> new PositionError(failure.position(), explain(failure.error()), failure.supertypes()))
                .toList();
        return new ExecutedPart(part.first(), part.count(), part.values(), errors, part.nanos(), part.output());
    }

    TaskError explain(TaskError error) {
        return limits.stream()
                .filter(limit -> limit.isReachedBy(error))
                .findFirst()
                .map(limit -> limit.explain(error))
                .orElse(error);
    }
}
