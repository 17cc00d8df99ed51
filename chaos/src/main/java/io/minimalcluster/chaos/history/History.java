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

/** A file of what was called and what came of it, a line each; what is in it was flushed before the call was made. */
public final class History implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final long began = System.nanoTime();
    private final AtomicLong calls = new AtomicLong();
    private final BufferedWriter out; // guarded by this, as what follows
    private boolean closed;

    public History(Path file) {
        try {
            out = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes that a call is about to be made, and gives its number. */
    public long invoke(String client, Operation operation, Map<String, ?> facts) {
        long call = calls.incrementAndGet();
        write(call, client, operation, Phase.INVOKE, facts);
        return call;
    }

    /** Writes what became of a call. */
    public void end(long call, String client, Operation operation, Phase phase, Map<String, ?> facts) {
        write(call, client, operation, phase, facts);
    }

    /** Writes something that is true at this moment. */
    public void note(Operation operation, Map<String, ?> facts) {
        end(invoke("run", operation, Map.of()), "run", operation, Phase.OK, facts);
    }

    private void write(long call, String client, Operation operation, Phase phase, Map<String, ?> facts) {
        JsonNode node = JSON.valueToTree(facts);
        synchronized (this) { // the order of lines is that of their times
            if (closed) {
                return; // the run was ended, and what somebody still does is no part of it
            }
            try {
                out.write(JSON.writeValueAsString(
                        new HistoryEvent(call, System.nanoTime() - began, client, operation, phase, node)));
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

    /** The calls of a history that has been written, in the order in which they began. */
    public static List<RecordedCall> read(Path file) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return calls(lines.lines()
                    .map(line -> JSON.readValue(line, HistoryEvent.class))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts beginnings and ends together. */
    public static List<RecordedCall> calls(List<HistoryEvent> events) {
        Map<Long, HistoryEvent> begun = new LinkedHashMap<>();
        Map<Long, HistoryEvent> ended = new LinkedHashMap<>();
        for (HistoryEvent event : events) {
            (event.phase() == Phase.INVOKE ? begun : ended).put(event.call(), event);
        }
        List<RecordedCall> calls = new ArrayList<>();
        begun.forEach(
                (number, begin) -> calls.add(new RecordedCall(begin, ended.getOrDefault(number, neverEnded(begin)))));
        return calls;
    }

    private static HistoryEvent neverEnded(HistoryEvent begin) {
        return new HistoryEvent(
                begin.call(),
                Long.MAX_VALUE,
                begin.client(),
                begin.operation(),
                Phase.UNKNOWN,
                JSON.createObjectNode());
    }
}
