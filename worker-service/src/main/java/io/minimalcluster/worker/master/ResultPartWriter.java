package io.minimalcluster.worker.master;

import io.minimalcluster.worker.master.ResultPart.ValueBlock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityTemplate;

/** Writes a result part as JSON. Values are sent as the executor wrote them. */
final class ResultPartWriter {
    /** Between two writes, the HTTP client looks for a response that rejects the rest. */
    private static final int PIECE = 64 * 1024;

    private ResultPartWriter() {}

    static HttpEntity body(ResultPart results) {
        byte[] head = head(results);
        byte[] tail = tail(results);
        List<ValueBlock> values = results.values();
        long length = (long) head.length + Math.max(0, values.size() - 1) + tail.length;
        for (ValueBlock block : values) {
            length += block.to() - block.from();
        }
        // A known length avoids chunked encoding, so a proxy or server can reject the body before it is sent.
        return new EntityTemplate(length, ProtocolJson.CONTENT_TYPE, null, out -> {
            out.write(head);
            write(values, out);
            out.write(tail);
        });
    }

    private static void write(List<ValueBlock> values, OutputStream out) throws IOException {
        boolean first = true;
        for (ValueBlock block : values) {
            if (!first) {
                out.write(',');
            }
            for (int from = block.from(); from < block.to(); from += PIECE) {
                out.write(block.bytes(), from, Math.min(PIECE, block.to() - from));
            }
            first = false;
        }
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
