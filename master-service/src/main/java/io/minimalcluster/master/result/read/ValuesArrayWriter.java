package io.minimalcluster.master.result.read;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minimalcluster.master.segment.Segment;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.stereotype.Component;

/** Streams the values of a job as an array, in the order of its arguments. */
@Component
public class ValuesArrayWriter {
    private static final byte[] NULL = "null".getBytes(US_ASCII);

    private final ValueBlockReader reader;

    public ValuesArrayWriter(ValueBlockReader reader) {
        this.reader = reader;
    }

    /** Writes a JSON array with {@code total} elements, null for tasks without a value. */
    public void write(long job, long total, OutputStream out) throws IOException {
        out.write('[');
        reader.forEach(job, total, new Elements(out));
        out.write(']');
    }

    private record Elements(OutputStream out) implements ValueBlockReader.Writer {
        @Override
        public void gap(long from, long to) throws IOException {
            for (long index = from; index < to; index++) {
                separate(index);
                out.write(NULL);
            }
        }

        @Override
        public void recorded(LatestResults.Piece piece) throws IOException {
            separate(piece.first());
            Segment values = piece.cursor().block().values();
            if (piece.isWholeBlock()) {
                out.write(values.data());
            } else {
                piece.cursor().goTo(piece.first());
                int start = piece.cursor().start();
                piece.cursor().goTo(piece.last() - 1);
                out.write(values.data(), start, piece.cursor().end() - start);
            }
        }

        private void separate(long index) throws IOException {
            if (index > 0) {
                out.write(',');
            }
        }
    }
}
