package io.minimalcluster.master.result;

import io.minimalcluster.master.job.JobEnding;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.model.job.ErrorKind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes outcomes as records of CSV (RFC 4180). Values and arguments are JSON within quotes, so that none of them is
 * taken for a formula; what fails leaves its value empty.
 */
final class CsvLine implements Visitor {
    private static final String END = "\r\n";

    private final OutputStream out;
    private final @Nullable Arguments arguments;

    /** @param arguments null where they are not asked for */
    CsvLine(OutputStream out, @Nullable Arguments arguments) {
        this.out = out;
        this.arguments = arguments;
    }

    void writeHead() throws IOException {
        JsonBytes.ascii(
                out,
                "index," + (arguments == null ? "" : "argument,") + "state,value,kind,type,message,attempts" + END);
    }

    @Override
    public void recorded(RecordedBlock block, long index, int start, int end) throws IOException {
        begin(index);
        PostedError error = block.error(index);
        if (error == null) {
            JsonBytes.ascii(out, "succeeded,");
            JsonBytes.asCsv(out, block.values().data(), start, end);
            JsonBytes.ascii(out, ",,,,");
        } else {
            JsonBytes.ascii(out, "failed,," + word(error.kind()) + ",");
            writeText(error.type());
            out.write(',');
            writeText(error.message());
            JsonBytes.ascii(out, "," + error.attempts());
        }
        JsonBytes.ascii(out, END);
    }

    @Override
    public void cancelled(JobNow job, long index) throws IOException {
        begin(index);
        String kind = job.ending() == JobEnding.DEADLINE ? word(ErrorKind.DEADLINE) : "";
        JsonBytes.ascii(out, "cancelled,," + kind + ",,," + END);
    }

    private void begin(long index) throws IOException {
        JsonBytes.ascii(out, index + ",");
        if (arguments != null) {
            Segment.Slice argument = arguments.of(index);
            JsonBytes.asCsv(out, argument.bytes(), argument.offset(), argument.offset() + argument.length());
            out.write(',');
        }
    }

    private void writeText(@Nullable String text) throws IOException {
        if (text != null) {
            JsonBytes.asCsvText(out, text);
        }
    }

    private static String word(ErrorKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
