package io.minimalcluster.master.result;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.stereotype.Component;

/** Streams every value of a job under its argument. */
@Component
class ValuesMap {
    private static final byte[] NULL = "null".getBytes(US_ASCII);

    private final Store store;
    private final ValuePieces pieces;

    ValuesMap(Store store, ValuePieces pieces) {
        this.store = store;
        this.pieces = pieces;
    }

    /** Writes a JSON object with a field for each task; where arguments are equal a name comes more than once. */
    void write(JobRow job, OutputStream out) throws IOException {
        out.write('{');
        pieces.forEach(job.seq(), job.tasks().total(), new Fields(new Arguments(store, job), out));
        out.write('}');
    }

    private record Fields(Arguments arguments, OutputStream out) implements ValuePieces.Writer {
        @Override
        public void gap(long from, long to) throws IOException {
            for (long index = from; index < to; index++) {
                name(index);
                out.write(NULL);
            }
        }

        @Override
        public void recorded(NewestOutcomes.Piece piece) throws IOException {
            OpenBlock open = piece.open();
            for (long index = piece.first(); index < piece.last(); index++) {
                name(index);
                open.goTo(index);
                out.write(open.block().values().data(), open.start(), open.end() - open.start());
            }
        }

        private void name(long index) throws IOException {
            if (index > 0) {
                out.write(',');
            }
            Segment.Slice argument = arguments.of(index);
            JsonBytes.asName(out, argument.bytes(), argument.offset(), argument.offset() + argument.length());
            out.write(':');
        }
    }
}
