package io.minimalcluster.worker.master;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.worker.Shrink;
import io.minimalcluster.task.json.JsonScanner;
import io.minimalcluster.task.json.JsonSyntaxException;
import io.minimalcluster.task.json.JsonTooLargeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Reads the response to a poll without parsing the arguments of its batches. */
final class PollResponseReader {
    private final byte[] json;
    private final JsonScanner scanner;
    private final List<Batch> batches = new ArrayList<>();
    private List<Shrink> shrunk = List.of();
    private List<LeaseId> stop = List.of();
    private boolean drain;
    private boolean shutdown;

    private PollResponseReader(byte[] json) {
        this.json = json;
        this.scanner = JsonScanner.of(json);
    }

    /**
     * Reads a response.
     *
     * @throws IOException if the response is invalid
     */
    static PollResponse read(byte[] json) throws IOException {
        try {
            return new PollResponseReader(json).read();
        } catch (JsonSyntaxException
                | JsonTooLargeException
                | JacksonException
                | IllegalArgumentException
                | NullPointerException e) {
            throw new IOException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    private PollResponse read() throws IOException {
        scanner.enterObject();
        for (String name = scanner.nextField(); name != null; name = scanner.nextField()) {
            switch (name) {
                case "batches" -> readBatches();
                case "shrunk" -> shrunk = List.of(take(Shrink[].class));
                case "stop" -> stop = List.of(take(LeaseId[].class));
                case "drain" -> drain = take(Boolean.class);
                case "shutdown" -> shutdown = take(Boolean.class);
                default -> scanner.value();
            }
        }
        scanner.finish();
        return new PollResponse(batches, shrunk, stop, Optional.of(drain), shutdown);
    }

    private void readBatches() throws IOException {
        scanner.enterArray();
        while (scanner.nextElement()) {
            batches.add(new BatchReader(scanner, json).read());
        }
    }

    private <T> T take(Class<T> type) throws IOException {
        scanner.value();
        return ProtocolJson.MAPPER.readValue(json, scanner.start(), scanner.end() - scanner.start(), type);
    }
}
