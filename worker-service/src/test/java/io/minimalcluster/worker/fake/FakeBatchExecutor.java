package io.minimalcluster.worker.fake;

import io.minimalcluster.task.frame.OutcomePart.PositionError;
import io.minimalcluster.worker.batch.BatchExecution;
import io.minimalcluster.worker.batch.BatchExecutor;
import io.minimalcluster.worker.executor.BatchListener;
import io.minimalcluster.worker.executor.protocol.BatchSpec;
import io.minimalcluster.worker.executor.protocol.ExecutedPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Squares numbers one by one in the calling thread. {@code 13} gives a broken block, {@code 666} makes the run fail.
 * While the gate is shut a task does not end.
 */
public final class FakeBatchExecutor implements BatchExecutor {
    private static final JsonMapper JSON = new JsonMapper();

    private final EventLog events = new EventLog();
    private final Object gate = new Object();
    private boolean shut;
    private int running;
    private int mostAtOnce;
    private int partSize = 1;
    private volatile @Nullable String trouble;
    private volatile long held = -1;

    /** What happened: {@code started <argument>}, {@code stopped}, {@code ended}. */
    public EventLog events() {
        return events;
    }

    /** Lets no task end. */
    public void shutGate() {
        synchronized (gate) {
            shut = true;
        }
    }

    /** Lets tasks end. */
    public void openGate() {
        synchronized (gate) {
            shut = false;
            gate.notifyAll();
        }
    }

    /** Lets the task with an argument not end while all others do. */
    public void hold(long argument) {
        held = argument;
    }

    /** Can run nothing from now on, for a reason; null ends that. */
    public void breakDown(@Nullable String reason) {
        trouble = reason;
    }

    /** How many batches ran at the same time at most. */
    public synchronized int mostAtOnce() {
        return mostAtOnce;
    }

    /** How many tasks one part holds. */
    public synchronized void tellInPartsOf(int size) {
        partSize = size;
    }

    @Override
    public BatchExecution prepare(BatchSpec work, BatchListener listener) {
        events.add("prepared " + work.bundle().toFile().length());
        return new Run(work, listener);
    }

    @Override
    public void setSilenceLimit(Duration time) {
        events.add("may be silent for " + time.toMillis() + " ms");
    }

    @Override
    public void selfTest() throws IOException {
        String reason = trouble;
        if (reason != null) {
            throw new IOException(reason);
        }
    }

    @Override
    public void close() {
        events.add("closed");
    }

    private synchronized void enter() {
        running++;
        mostAtOnce = Math.max(mostAtOnce, running);
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
        public void run() throws IOException, InterruptedException {
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

        private void part(int from, int to) throws IOException, InterruptedException {
            StringBuilder values = new StringBuilder("[");
            for (int position = from; position < to && !stopped; position++) {
                next = position + 1;
                current = new Running(position, Duration.ofMillis(1));
                long argument = argument(position);
                events.add("started " + argument);
                passGate(argument);
                if (argument == 666) {
                    throw new IOException("no executor can be started");
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
                while ((shut || argument == held) && !stopped) {
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
            events.add("told to start nothing more");
        }

        @Override
        public Progress progress() {
            return new Progress(current, next);
        }
    }
}
