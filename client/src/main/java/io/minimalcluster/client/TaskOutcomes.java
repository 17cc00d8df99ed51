package io.minimalcluster.client;

import io.minimalcluster.client.ResultOptions.Order;
import io.minimalcluster.client.json.ValueMapper;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.model.job.TaskState;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * The outcomes of a job, each as soon as it is recorded. Cancelled tasks come at their index, or at the end in the
 * order of completion.
 */
final class TaskOutcomes<R extends @Nullable Object> implements Iterator<Outcome<R>> {
    private final Client client;
    private final JobId job;
    private final Order order;
    private final Arguments arguments;
    private final ResultCursor recorded;
    private @Nullable ResultCursor cancelled;
    private @Nullable TaskResult pending;
    private @Nullable Outcome<R> next;
    private @Nullable String reason;
    private long index;

    /**
     * The arguments of the job, for the description of failures.
     *
     * @param list the arguments; null if the master must be asked
     * @param argument the reader of arguments that the master sends
     * @param value the reader of values
     */
    record Arguments(@Nullable List<?> list, ObjectReader argument, ObjectReader value) {}

    TaskOutcomes(Client client, JobId job, Order order, Arguments arguments) {
        this.client = client;
        this.job = job;
        this.order = order;
        this.arguments = arguments;
        this.recorded = new ResultCursor(client, job, order, Map.of(), order == Order.INDEX ? -1 : 0);
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = read();
        }
        return next != null;
    }

    @Override
    public Outcome<R> next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        Outcome<R> read = next;
        next = null;
        return read;
    }

    private @Nullable Outcome<R> read() {
        TaskResult read = pending == null ? recorded.next() : pending;
        pending = read;
        // a gap in the order of arguments is a cancelled task, because the master waits at other gaps
        boolean isGap = read == null || (order == Order.INDEX && read.index() > index);
        if (isGap) {
            TaskResult missing = nextCancelled();
            if (missing != null) {
                index = missing.index() + 1;
                return outcome(missing);
            }
        }
        if (read == null) {
            return null;
        }
        pending = null;
        index = read.index() + 1;
        return outcome(read);
    }

    /** The next cancelled task. The job has ended. */
    private @Nullable TaskResult nextCancelled() {
        if (cancelled == null) {
            cancelled = new ResultCursor(client, job, Order.INDEX, Map.of("state", "cancelled"), -1);
        }
        return cancelled.next();
    }

    private Outcome<R> outcome(TaskResult result) {
        TaskError error = result.error();
        if (error != null) {
            return new Outcome.Failed<>(failure(result.index(), error));
        }
        if (result.state() == TaskState.CANCELLED) {
            return new Outcome.Cancelled<>(result.index(), reason());
        }
        JsonNode value = result.value();
        if (value == null) {
            throw new IllegalStateException("the master sent neither a value nor an error");
        }
        return new Outcome.Succeeded<>(result.index(), value(result.index(), value));
    }

    /** The failed task with the least index, or one that a deadline ended. The job has ended. */
    Optional<TaskFailedException> firstFailure() {
        TaskResult failed =
                first(TaskState.FAILED).or(() -> first(TaskState.CANCELLED)).orElse(null);
        TaskError error = failed == null ? null : failed.error();
        return failed == null || error == null ? Optional.empty() : Optional.of(failure(failed.index(), error));
    }

    private TaskFailedException failure(long at, TaskError error) {
        return new TaskFailedException(job, at, argument(at), error);
    }

    private Optional<TaskResult> first(TaskState state) {
        ResultOptions one = new ResultOptions(Order.INDEX, state, null, 1L, false);
        return RetryPolicy.untilLost(
                () -> {
                    try (Stream<TaskResult> results = client.results(job, one)) {
                        return results.findFirst();
                    }
                },
                client::isClosed);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the reader is that of the type R, which may be a nullable one
    private R value(long at, JsonNode value) {
        try {
            return (R) ValueMapper.read(arguments.value(), value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the value of task " + at + " of " + job.value() + " can't be read: " + e.getMessage()
                            + ". The job is cancelled if it runs, and keeps its values: client().results(job) and `./minimalcluster values "
                            + job.value() + "` give them as JSON",
                    e);
        }
    }

    private String reason() {
        if (reason == null) {
            reason = Objects.requireNonNullElse(client.job(job).reason(), "the job has ended");
        }
        return reason;
    }

    /**
     * The argument of a failed task. Null if it can't be read, so that the failure itself is reported; JSON if its type
     * can be written only.
     */
    private @Nullable Object argument(long at) {
        List<?> list = arguments.list();
        if (list != null) {
            return at < list.size() ? list.get((int) at) : null;
        }
        ResultOptions one = new ResultOptions(Order.INDEX, null, at == 0 ? null : at - 1, 1L, true);
        JsonNode argument;
        try (Stream<TaskResult> asked = client.results(job, one)) {
            argument = asked.filter(result -> result.index() == at)
                    .findFirst()
                    .map(TaskResult::argument)
                    .orElse(null);
        } catch (UnreachableException | ProblemException _) {
            return null;
        }
        try {
            return argument == null ? null : ValueMapper.read(arguments.argument(), argument);
        } catch (IllegalArgumentException _) {
            return argument;
        }
    }

    void close() {
        recorded.close();
        if (cancelled != null) {
            cancelled.close();
        }
    }
}
