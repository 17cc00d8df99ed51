package io.minimalcluster.worker.fake;

import io.minimalcluster.task.frame.OutcomePart.PositionError;
import io.minimalcluster.worker.executor.BatchExecution;
import io.minimalcluster.worker.executor.BatchExecutor;
import io.minimalcluster.worker.executor.BatchListener;
import io.minimalcluster.worker.executor.ExecutorUnavailableException;
import io.minimalcluster.worker.executor.protocol.BatchSpec;
import io.minimalcluster.worker.executor.protocol.ExecutedPart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Squares numbers in the calling thread. The argument {@code 13} yields a malformed block, {@code 666} makes the run
 * fail. While the gate is closed, no task ends.
 */
public final class FakeBatchExecutor implements BatchExecutor {
    private static final JsonMapper JSON = new JsonMapper();

    private final EventLog events = new EventLog();
    private final Object gate = new Object();
    private boolean closed;
    private int running;
    private int maxConcurrent;
    private int partSize = 1;
    private volatile @Nullable String failure;
    private volatile @Nullable RuntimeException defect;
    private volatile long held = -1;

    /** The events: {@code started <argument>}, {@code stopped}, {@code ended}, … */
    public EventLog events() {
        return events;
    }

    /** Closes the gate, so that no task ends. */
    public void closeGate() {
        synchronized (gate) {
            closed = true;
        }
    }

    /** Opens the gate. */
    public void openGate() {
        synchronized (gate) {
            closed = false;
            gate.notifyAll();
        }
    }

    /** Blocks the task with an argument. */
    public void hold(long argument) {
        held = argument;
    }

    /** Makes all runs fail for a reason; null ends that. */
    public void setFailure(@Nullable String reason) {
        failure = reason;
    }

    /** Makes the next setting of the liveness timeout fail. */
    public void setDefect(RuntimeException exception) {
        defect = exception;
    }

    /** The maximum number of concurrent batches. */
    public synchronized int maxConcurrent() {
        return maxConcurrent;
    }

    /** Sets the number of tasks of each part. */
    public synchronized void setPartSize(int size) {
        partSize = size;
    }

    @Override
    public BatchExecution prepare(BatchSpec work, BatchListener listener) {
        events.add("prepared " + work.bundle().toFile().length());
        return new Run(work, listener);
    }

    @Override
    public int processes() {
        return 0;
    }

    @Override
    public void setLivenessTimeout(Duration timeout) {
        events.add("liveness timeout " + timeout.toMillis() + " ms");
        RuntimeException thrown = defect;
        defect = null;
        if (thrown != null) {
            throw thrown;
        }
    }

    @Override
    public void selfTest() throws ExecutorUnavailableException {
        String reason = failure;
        if (reason != null) {
            throw new ExecutorUnavailableException(reason);
        }
    }

    @Override
    public void close() {
        events.add("closed");
    }

    private synchronized void enter() {
        running++;
        maxConcurrent = Math.max(maxConcurrent, running);
    }

    private synchronized void leave() {
        running--;
        events.add("ended");
    }

    private synchronized int partSize() {
        return partSize;
    }

    private final class Run implements BatchExecution {
        private final BatchSpec work;
        private final BatchListener listener;
        private volatile boolean stopped;
        private volatile int end;
        private volatile int next;
        private volatile @Nullable Running current;

        Run(BatchSpec work, BatchListener listener) {
            this.work = work;
            this.listener = listener;
            this.end = work.count();
        }

        @Override
        public void run() throws ExecutorUnavailableException, InterruptedException {
            enter();
            try {
                selfTest();
                while (next < end && !stopped) {
                    part(next, Math.min(end, next + partSize()));
                }
            } finally {
                current = null;
                leave();
            }
        }

        private void part(int from, int to) throws ExecutorUnavailableException, InterruptedException {
            StringBuilder values = new StringBuilder("[");
            for (int position = from; position < to && !stopped; position++) {
                next = position + 1;
                current = new Running(position, Duration.ofMillis(1));
                long argument = argument(position);
                events.add("started " + argument);
                passGate(argument);
                if (argument == 666) {
                    throw new ExecutorUnavailableException("no executor can be started");
                }
                values.append(position == from ? "" : ",")
                        .append(argument == 13 ? "1,oops" : Long.toString(argument * argument));
            }
            if (!stopped) {
                byte[] json = values.append(']').toString().getBytes(StandardCharsets.UTF_8);
                List<PositionError> none = List.of();
                listener.part(new ExecutedPart(from, to - from, json, none, new long[] {5000}, List.of()));
            }
        }

        private void passGate(long argument) throws InterruptedException {
            synchronized (gate) {
                while ((closed || argument == held) && !stopped) {
                    gate.wait();
                }
            }
        }

        private long argument(int position) {
            Long from = work.from();
            if (from != null) {
                return from + position * work.step();
            }
            JsonNode args = JSON.readTree(work.args());
            return args.get(position).asLong();
        }

        @Override
        public void stop() {
            synchronized (gate) {
                stopped = true;
                gate.notifyAll();
            }
            events.add("stopped");
        }

        @Override
        public void shrink(int to) {
            end = Math.min(end, to);
            events.add("shrunk to " + to);
        }

        @Override
        public void endAfterTask() {
            end = next;
            events.add("ending after the running task");
        }

        @Override
        public Progress progress() {
            return new Progress(current, next);
        }
    }
}
