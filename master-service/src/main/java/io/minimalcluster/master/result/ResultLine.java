package io.minimalcluster.master.result;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minimalcluster.model.job.TaskError;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.databind.json.JsonMapper;

/** Writes outcomes as JSON objects of one line each. */
final class ResultLine {
    private static final byte[] INDEX = "{\"index\":".getBytes(US_ASCII);
    private static final byte[] VALUE = ",\"value\":".getBytes(US_ASCII);
    private static final byte[] ERROR = ",\"error\":".getBytes(US_ASCII);

    private final JsonMapper json;
    private final OutputStream out;

    ResultLine(JsonMapper json, OutputStream out) {
        this.json = json;
        this.out = out;
    }

    /** Writes the outcome of an index of the block; its value, if it has one, stands in the block's data. */
    void write(RecordedBlock block, long index, int start, int end) throws IOException {
        out.write(INDEX);
        out.write(Long.toString(index).getBytes(US_ASCII));
        PostedError error = block.error(index);
        if (error == null) {
            out.write(VALUE);
            writeOnOneLine(block.values().data(), start, end);
        } else {
            out.write(ERROR);
            TaskError shown = error.toError();
            out.write(json.writeValueAsBytes(shown));
        }
        out.write('}');
    }

    /** Line ends in JSON can only be white space between its tokens. */
    private void writeOnOneLine(byte[] data, int start, int end) throws IOException {
        int from = start;
        for (int i = start; i < end; i++) {
            if (data[i] == '\n' || data[i] == '\r') {
                out.write(data, from, i - from);
                out.write(' ');
                from = i + 1;
            }
        }
        out.write(data, from, end - from);
    }
}
