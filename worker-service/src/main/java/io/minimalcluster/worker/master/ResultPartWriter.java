package io.minimalcluster.worker.master;

import io.minimalcluster.worker.master.ResultPart.ValueBlock;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes a result part as JSON. Values are sent as the executor wrote them. */
final class ResultPartWriter {
    private static final byte[] COMMA = {','};

    private ResultPartWriter() {}

    static BodyPublisher body(ResultPart results) {
        List<byte[]> pieces = new ArrayList<>();
        pieces.add(head(results));
        for (ValueBlock block : results.values()) {
            if (pieces.size() > 1) {
                pieces.add(COMMA);
            }
            pieces.add(slice(block));
        }
        pieces.add(tail(results));
        long length = pieces.stream().mapToLong(piece -> piece.length).sum();
        // A known length avoids chunked encoding, so a proxy or server can reject the body before it is sent.
        return BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(pieces), length);
    }

    private static byte[] slice(ValueBlock block) {
        boolean whole = block.from() == 0 && block.to() == block.bytes().length;
        return whole ? block.bytes() : Arrays.copyOfRange(block.bytes(), block.from(), block.to());
    }

    private static byte[] head(ResultPart results) {
        String head = "{\"first\":" + results.first() + ",\"count\":" + results.count() + ",\"values\":[";
        return head.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] tail(ResultPart results) {
        StringBuilder tail = new StringBuilder("]");
        if (!results.errors().isEmpty()) {
            tail.append(",\"errors\":").append(ProtocolJson.MAPPER.writeValueAsString(results.errors()));
        }
        if (results.micros().length > 0) {
            tail.append(",\"micros\":").append(ProtocolJson.MAPPER.writeValueAsString(results.micros()));
        }
        if (!results.output().isEmpty()) {
            tail.append(",\"output\":").append(ProtocolJson.MAPPER.writeValueAsString(results.output()));
        }
        if (results.refused() != null) {
            tail.append(",\"refused\":").append(ProtocolJson.MAPPER.writeValueAsString(results.refused()));
        }
        tail.append(",\"done\":").append(results.done()).append('}');
        return tail.toString().getBytes(StandardCharsets.UTF_8);
    }
}
