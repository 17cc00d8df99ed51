package io.minimalcluster.master.result.read;

import io.minimalcluster.master.job.state.TerminationReason;
import io.minimalcluster.master.result.record.IndexedError;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.model.job.ErrorKind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes outcomes as records of CSV (RFC 4180). Values and arguments are quoted JSON, so that a spreadsheet does not
 * take them for formulas. A failed task has an empty value.
 */
final class CsvResultWriter implements ResultVisitor {
    private static final String END = "\r\n";

    private final OutputStream out;
    private final @Nullable ArgumentCursor arguments;

    /** @param arguments null if arguments were not requested */
    CsvResultWriter(OutputStream out, @Nullable ArgumentCursor arguments) {
        this.out = out;
        this.arguments = arguments;
    }

    void writeHead() throws IOException {
        JsonTranscoder.ascii(
                out,
                "index," + (arguments == null ? "" : "argument,") + "state,value,kind,type,message,attempts" + END);
    }

    @Override
    public void recorded(RecordedBlock block, long index, int start, int end) throws IOException {
        begin(index);
        IndexedError error = block.error(index);
        if (error == null) {
            JsonTranscoder.ascii(out, "succeeded,");
            JsonTranscoder.asCsv(out, block.values().data(), start, end);
            JsonTranscoder.ascii(out, ",,,,");
        } else {
            JsonTranscoder.ascii(out, "failed,," + word(error.kind()) + ",");
            writeText(error.type());
            out.write(',');
            writeText(error.message());
            JsonTranscoder.ascii(out, "," + error.attempts());
        }
        JsonTranscoder.ascii(out, END);
    }

    @Override
    public void cancelled(JobSnapshot job, long index) throws IOException {
        begin(index);
        String kind = job.terminationReason() == TerminationReason.DEADLINE ? word(ErrorKind.DEADLINE) : "";
        JsonTranscoder.ascii(out, "cancelled,," + kind + ",,," + END);
    }

    private void begin(long index) throws IOException {
        JsonTranscoder.ascii(out, index + ",");
        if (arguments != null) {
            Segment.Slice argument = arguments.of(index);
            JsonTranscoder.asCsv(out, argument.bytes(), argument.offset(), argument.offset() + argument.length());
            out.write(',');
        }
    }

    private void writeText(@Nullable String text) throws IOException {
        if (text != null) {
            JsonTranscoder.asCsvText(out, text);
        }
    }

    private static String word(ErrorKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
