package io.minimalcluster.task.execute;

import io.minimalcluster.task.bind.BoundFunction;
import io.minimalcluster.task.bind.JsonElement;
import io.minimalcluster.task.bind.JsonElements;
import io.minimalcluster.task.bind.ValueWriter;
import io.minimalcluster.task.bind.error.ArgumentMismatch;
import io.minimalcluster.task.frame.TaskStateFile;
import io.minimalcluster.task.process.ProcessExit;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of a batch one after another, up to the end position of the task state file. A failure of a task
 * affects only its own outcome.
 */
final class BatchLoop {
    private final LoadedFunction function;
    private final ResultFrames outcomes;
    private final TaskBoundary boundary;
    private final TaskStateFile taskState;
    private final ProcessExit exit;
    private @Nullable BoundFunction boundFunction;
    private boolean isBroken;

    BatchLoop(
            LoadedFunction function,
            ResultFrames outcomes,
            TaskBoundary boundary,
            TaskStateFile taskState,
            ProcessExit exit) {
        this.function = function;
        this.outcomes = outcomes;
        this.boundary = boundary;
        this.taskState = taskState;
        this.exit = exit;
        TaskErrors.load();
    }

    /** Runs tasks with the numbers of a range. */
    void overRange(int count, long from, long step) throws IOException {
        ValueWriter values = outcomes.values();
        MethodHandle handle = null;
        long argument = from;
        for (int position = 0; position < count && position < taskState.end(); position++, argument += step) {
            taskState.start(position);
            values.begin();
            try {
                if (handle == null) {
                    handle = call().onRange();
                }
                handle.invokeExact(values, argument);
                values.end();
            } catch (Throwable e) {
                failed(e);
            }
            finished(position + 1, count);
        }
        taskState.idle();
    }

    /** Runs tasks with the elements of an array. */
    void overElements(int count, JsonElements elements) throws IOException {
        ValueWriter values = outcomes.values();
        JsonElement element = new JsonElement();
        MethodHandle handle = null;
        for (int position = 0; position < count && position < taskState.end(); position++) {
            if (!elements.next(element)) {
                throw new IllegalArgumentException("fewer arguments than " + count);
            }
            taskState.start(position);
            values.begin();
            try {
                if (handle == null) {
                    handle = call().onElement();
                }
                handle.invokeExact(values, element);
                values.end();
            } catch (Throwable e) {
                failed(e);
            }
            finished(position + 1, count);
        }
        taskState.idle();
    }

    private BoundFunction call() throws Throwable {
        BoundFunction ready = function.call();
        boundFunction = ready;
        return ready;
    }

    /** Whether a class of user code failed to initialise, and cannot be used in this process any more. */
    boolean isBroken() {
        return isBroken;
    }

    private void failed(Throwable thrown) throws IOException {
        if (TaskErrors.isOutOfMemory(thrown)) {
            endOutOfMemory(thrown);
        } else {
            addError(thrown);
        }
    }

    /** Sends the earlier outcomes, and the error if there is memory for it, and ends the process in any case. */
    private void endOutOfMemory(Throwable thrown) throws IOException {
        try {
            outcomes.releaseReserve();
            outcomes.send();
            addError(thrown);
            outcomes.finished();
            outcomes.send();
        } finally {
            exit.now(ProcessExit.OUT_OF_MEMORY);
        }
    }

    private void addError(Throwable thrown) {
        isBroken |= TaskErrors.isFailedInitialiser(thrown);
        outcomes.failed(
                TaskErrors.of(
                        boundFunction != null && thrown instanceof ArgumentMismatch mismatch
                                ? boundFunction.named(mismatch)
                                : thrown),
                TaskErrors.supertypes(thrown));
    }

    private void finished(int next, int count) throws IOException {
        boundary.endTask(outcomes, next == count || next >= taskState.end());
        outcomes.finished();
    }
}
