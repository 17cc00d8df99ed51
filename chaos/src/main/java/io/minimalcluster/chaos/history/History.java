package io.minimalcluster.chaos.history;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The history of a run: a file with a line before and after each call. The line before a call is flushed before the
 * call is made.
 */
public final class History implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final long startNanos = System.nanoTime();
    private final AtomicLong calls = new AtomicLong();
    private final BufferedWriter out; // guarded by this, like the next field
    private boolean closed;

    public History(Path file) {
        try {
            out = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Records the start of a call and returns its number. */
    public long invoke(String client, Operation operation, Map<String, ?> facts) {
        long call = calls.incrementAndGet();
        write(call, client, operation, Phase.INVOKE, facts);
        return call;
    }

    /** Records the end of a call. */
    public void end(long call, String client, Operation operation, Phase phase, Map<String, ?> facts) {
        write(call, client, operation, phase, facts);
    }

    /** Records an observation. */
    public void note(Operation operation, Map<String, ?> facts) {
        end(invoke("run", operation, Map.of()), "run", operation, Phase.OK, facts);
    }

    private void write(long call, String client, Operation operation, Phase phase, Map<String, ?> facts) {
        JsonNode node = JSON.valueToTree(facts);
        synchronized (this) { // lines are in the order of their times
            if (closed) {
                return; // calls after the end of the run are not recorded
            }
            try {
                out.write(JSON.writeValueAsString(
                        new HistoryEvent(call, System.nanoTime() - startNanos, client, operation, phase, node)));
                out.newLine();
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the calls of a history, in the order of their starts. */
    public static List<RecordedCall> read(Path file) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return calls(lines.lines()
                    .map(line -> JSON.readValue(line, HistoryEvent.class))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Joins the start and end events of calls. */
    public static List<RecordedCall> calls(List<HistoryEvent> events) {
        Map<Long, HistoryEvent> started = new LinkedHashMap<>();
        Map<Long, HistoryEvent> ended = new LinkedHashMap<>();
        for (HistoryEvent event : events) {
            (event.phase() == Phase.INVOKE ? started : ended).put(event.call(), event);
        }
        List<RecordedCall> calls = new ArrayList<>();
        started.forEach(
                (number, start) -> calls.add(new RecordedCall(start, ended.getOrDefault(number, unknownEnd(start)))));
        return calls;
    }

    private static HistoryEvent unknownEnd(HistoryEvent start) {
        return new HistoryEvent(
                start.call(),
                Long.MAX_VALUE,
                start.client(),
                start.operation(),
                Phase.UNKNOWN,
                JSON.createObjectNode());
    }
}
