package io.minimalcluster.task.execute;

import io.minimalcluster.task.process.ProcessExit;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The steps between two tasks: collects the output of the first one, and restores what it changed for the other. */
final class TaskBoundary {
    private final ProcessDefaults defaults = new ProcessDefaults();
    private final TaskOutput output;
    private final DescriptorOutput descriptor;

    /** @param printed the read end of descriptor 1; null if there is none */
    TaskBoundary(TaskOutput output, @Nullable InputStream printed, ProcessExit exit) {
        this.output = output;
        this.descriptor = new DescriptorOutput(printed, output, exit);
    }

    void open() {
        descriptor.open();
    }

    /** Sets the context class loader of the tasks. */
    void use(ClassLoader userCode) {
        defaults.use(userCode);
    }

    /** Sets the maximum number of bytes to keep per task. */
    void limitOutput(int bytes) {
        output.limit(bytes);
    }

    void startBatch() {
        descriptor.start();
    }

    void endBatch() {
        descriptor.stop();
    }

    /**
     * Ends a task.
     *
     * @param isLast whether no other task of the batch follows
     */
    void endTask(ResultFrames outcomes, boolean isLast) throws IOException {
        defaults.restore();
        if (isLast || descriptor.isUsed() || outcomes.endsStride()) { // a look at the pipe costs more than a fast task
            descriptor.drain();
        }
        if (!output.isEmpty()) {
            outcomes.printed(output.drain());
        }
    }
}
