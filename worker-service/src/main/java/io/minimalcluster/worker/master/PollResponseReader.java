package io.minimalcluster.worker.master;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.worker.Shrink;
import io.minimalcluster.worker.master.JsonSlices.Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Reads the response to a poll without parsing the arguments of its batches. An unreadable part affects no other part
 * of the response, because the master would send the same response again.
 */
final class PollResponseReader {
    private static final Logger log = LoggerFactory.getLogger(PollResponseReader.class);
    private static final Pattern LEASE = Pattern.compile("\"leaseId\"\\s*:\\s*\"([\\w-]{1,100})\"");

    /** The list of batches and each batch are split together with the response. */
    private static final int LEVELS = 2;

    private final byte[] json;
    private final List<Batch> batches = new ArrayList<>();
    private List<Shrink> shrunk = List.of();
    private List<LeaseId> stop = List.of();
    private boolean drain;
    private boolean shutdown;

    private PollResponseReader(byte[] json) {
        this.json = json;
    }

    /**
     * Reads a response. A batch that cannot be read has {@link Batch.Arguments.Unreadable} arguments.
     *
     * @throws IOException if the response is invalid and names no lease
     */
    static PollResponse read(byte[] json) throws IOException {
        try {
            return new PollResponseReader(json).read();
        } catch (IOException e) {
            List<Batch> unreadable = LEASE.matcher(new String(json, StandardCharsets.UTF_8))
                    .results()
                    .map(lease -> Batch.unreadable(new LeaseId(lease.group(1)), "", 0, reason(e)))
                    .toList();
            if (unreadable.isEmpty()) {
                throw e;
            }
            return new PollResponse(unreadable, List.of(), List.of(), Optional.empty(), false);
        }
    }

    static String reason(Exception e) {
        return "the worker cannot read it: " + (e.getMessage() == null ? e.toString() : e.getMessage());
    }

    private PollResponse read() throws IOException {
        for (Slice member : JsonSlices.members(json, LEVELS)) {
            if (member.name().equals("batches")) {
                readBatches(member);
            } else {
                readOrder(member);
            }
        }
        return new PollResponse(batches, shrunk, stop, Optional.of(drain), shutdown);
    }

    private void readBatches(Slice list) throws IOException {
        for (Slice batch : JsonSlices.elements(json, list)) {
            try {
                batches.add(BatchReader.read(json, batch));
            } catch (IOException e) {
                log.warn("event=batch.ignored reason=\"{}\"", e.getMessage());
            }
        }
    }

    private void readOrder(Slice member) {
        try {
            switch (member.name()) {
                case "shrunk" -> shrunk = List.of(take(member, Shrink[].class));
                case "stop" -> stop = List.of(take(member, LeaseId[].class));
                case "drain" -> drain = take(member, Boolean.class);
                case "shutdown" -> shutdown = take(member, Boolean.class);
                default -> {}
            }
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            log.warn("event=order.ignored order={} reason=\"{}\"", member.name(), reason(e));
        }
    }

    private <T> T take(Slice member, Class<T> type) {
        return ProtocolJson.MAPPER.readValue(json, member.from(), member.to() - member.from(), type);
    }
}
