package io.minimalcluster.master.result;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minimalcluster.master.segment.Segment;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.stereotype.Component;

/** Streams every value of a job in the order of its arguments. */
@Component
public class ValuesArray {
    private static final byte[] NULL = "null".getBytes(US_ASCII);

    private final ValuePieces pieces;

    ValuesArray(ValuePieces pieces) {
        this.pieces = pieces;
    }

    /** Writes a JSON array with {@code total} elements, null for tasks without a value. */
    public void write(long job, long total, OutputStream out) throws IOException {
        out.write('[');
        pieces.forEach(job, total, new Elements(out));
        out.write(']');
    }

    private record Elements(OutputStream out) implements ValuePieces.Writer {
        @Override
        public void gap(long from, long to) throws IOException {
            for (long index = from; index < to; index++) {
                separate(index);
                out.write(NULL);
            }
        }

        @Override
        public void recorded(NewestOutcomes.Piece piece) throws IOException {
            separate(piece.first());
            Segment values = piece.open().block().values();
            if (piece.isWholeBlock()) {
                out.write(values.data());
            } else {
                piece.open().goTo(piece.first());
                int start = piece.open().start();
                piece.open().goTo(piece.last() - 1);
                out.write(values.data(), start, piece.open().end() - start);
            }
        }

        private void separate(long index) throws IOException {
            if (index > 0) {
                out.write(',');
            }
        }
    }
}
