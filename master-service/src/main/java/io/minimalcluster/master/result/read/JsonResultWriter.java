package io.minimalcluster.master.result.read;

import io.minimalcluster.master.job.state.TerminationReason;
import io.minimalcluster.master.result.record.IndexedError;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes outcomes as JSON objects: one per line, or the elements of an array. */
final class JsonResultWriter implements ResultVisitor {
    private static final TaskError PAST_DEADLINE =
            new TaskError(ErrorKind.DEADLINE, null, "The deadline of its job passed.", List.of(), 0);

    private final JsonMapper json;
    private final OutputStream out;
    private final @Nullable ArgumentCursor arguments;
    private final boolean lines;
    private boolean any;

    /**
     * @param arguments null if arguments were not requested
     * @param lines whether a newline ends each object, else commas separate them
     */
    JsonResultWriter(JsonMapper json, OutputStream out, @Nullable ArgumentCursor arguments, boolean lines) {
        this.json = json;
        this.out = out;
        this.arguments = arguments;
        this.lines = lines;
    }

    @Override
    public void recorded(RecordedBlock block, long index, int start, int end) throws IOException {
        begin(index);
        IndexedError error = block.error(index);
        if (error == null) {
            JsonTranscoder.ascii(out, ",\"value\":");
            JsonTranscoder.onOneLine(out, block.values().data(), start, end);
        } else {
            writeError(error.toError());
        }
        end();
    }

    @Override
    public void cancelled(JobSnapshot job, long index) throws IOException {
        begin(index);
        JsonTranscoder.ascii(out, ",\"state\":\"cancelled\"");
        if (job.terminationReason() == TerminationReason.DEADLINE) {
            writeError(PAST_DEADLINE);
        }
        end();
    }

    private void begin(long index) throws IOException {
        if (any && !lines) {
            out.write(',');
        }
        any = true;
        JsonTranscoder.ascii(out, "{\"index\":" + index);
        if (arguments != null) {
            Segment.Slice argument = arguments.of(index);
            JsonTranscoder.ascii(out, ",\"argument\":");
            JsonTranscoder.onOneLine(out, argument.bytes(), argument.offset(), argument.offset() + argument.length());
        }
    }

    private void end() throws IOException {
        out.write('}');
        if (lines) {
            out.write('\n');
        }
    }

    private void writeError(TaskError error) throws IOException {
        JsonTranscoder.ascii(out, ",\"error\":");
        out.write(json.writeValueAsBytes(error));
    }
}
