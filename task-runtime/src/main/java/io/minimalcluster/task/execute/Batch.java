package io.minimalcluster.task.execute;

import io.minimalcluster.task.bind.Call;
import io.minimalcluster.task.bind.Element;
import io.minimalcluster.task.bind.Elements;
import io.minimalcluster.task.bind.Misfit;
import io.minimalcluster.task.bind.Values;
import io.minimalcluster.task.frame.Marks;
import io.minimalcluster.task.process.Exit;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other, until it is told to start no more; what one of them does to itself is its own
 * outcome.
 */
final class Batch {
    private final LoadedFunction function;
    private final Outcomes outcomes;
    private final TaskOutput output;
    private final Marks marks;
    private final Exit exit;
    private @Nullable Call call;

    Batch(LoadedFunction function, Outcomes outcomes, TaskOutput output, Marks marks, Exit exit) {
        this.function = function;
        this.outcomes = outcomes;
        this.output = output;
        this.marks = marks;
        this.exit = exit;
    }

    /** Over the numbers of a range. */
    void overRange(int count, long from, long step) throws IOException {
        Values values = outcomes.values();
        MethodHandle handle = null;
        long argument = from;
        for (int position = 0; position < count && position < marks.end(); position++, argument += step) {
            marks.start(position);
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
            finished();
        }
        marks.idle();
    }

    /** Over the elements of an array. */
    void overElements(int count, Elements elements) throws IOException {
        Values values = outcomes.values();
        Element element = new Element();
        MethodHandle handle = null;
        for (int position = 0; position < count && position < marks.end(); position++) {
            if (!elements.next(element)) {
                throw new IllegalArgumentException("fewer arguments than " + count);
            }
            marks.start(position);
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
            finished();
        }
        marks.idle();
    }

    private Call call() throws Throwable {
        Call ready = function.call();
        call = ready;
        return ready;
    }

    private void failed(Throwable thrown) throws IOException {
        outcomes.failed(
                TaskErrors.of(call != null && thrown instanceof Misfit misfit ? call.named(misfit) : thrown),
                TaskErrors.supertypes(thrown));
        if (TaskErrors.isOutOfMemory(thrown)) {
            outcomes.finished();
            outcomes.send();
            exit.now(Exit.OUT_OF_MEMORY);
        }
    }

    private void finished() throws IOException {
        if (!output.isEmpty()) {
            outcomes.printed(output.drain());
        }
        outcomes.finished();
    }
}
