package io.minimalcluster.master.result;

import io.minimalcluster.master.job.JobEnding;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes outcomes as JSON objects of one line each. */
final class ResultLine implements Visitor {
    private static final TaskError PAST_DEADLINE =
            new TaskError(ErrorKind.DEADLINE, null, "The deadline of its job passed.", List.of(), 0);

    private final JsonMapper json;
    private final OutputStream out;
    private final @Nullable Arguments arguments;

    /** @param arguments null where they are not asked for */
    ResultLine(JsonMapper json, OutputStream out, @Nullable Arguments arguments) {
        this.json = json;
        this.out = out;
        this.arguments = arguments;
    }

    @Override
    public void recorded(RecordedBlock block, long index, int start, int end) throws IOException {
        begin(index);
        PostedError error = block.error(index);
        if (error == null) {
            JsonBytes.ascii(out, ",\"value\":");
            JsonBytes.onOneLine(out, block.values().data(), start, end);
        } else {
            writeError(error.toError());
        }
        out.write('}');
    }

    @Override
    public void cancelled(JobNow job, long index) throws IOException {
        begin(index);
        JsonBytes.ascii(out, ",\"state\":\"cancelled\"");
        if (job.ending() == JobEnding.DEADLINE) {
            writeError(PAST_DEADLINE);
        }
        out.write('}');
    }

    private void begin(long index) throws IOException {
        JsonBytes.ascii(out, "{\"index\":" + index);
        if (arguments != null) {
            Segment.Slice argument = arguments.of(index);
            JsonBytes.ascii(out, ",\"argument\":");
            JsonBytes.onOneLine(out, argument.bytes(), argument.offset(), argument.offset() + argument.length());
        }
    }

    private void writeError(TaskError error) throws IOException {
        JsonBytes.ascii(out, ",\"error\":");
        out.write(json.writeValueAsBytes(error));
    }
}
