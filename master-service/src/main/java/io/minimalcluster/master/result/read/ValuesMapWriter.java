package io.minimalcluster.master.result.read;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.stereotype.Component;

/** Streams the values of a job as a map from argument to value. */
@Component
class ValuesMapWriter {
    private static final byte[] NULL = "null".getBytes(US_ASCII);

    private final Store store;
    private final ValueBlockReader reader;

    ValuesMapWriter(Store store, ValueBlockReader reader) {
        this.store = store;
        this.reader = reader;
    }

    /** Writes a JSON object with a field for each task. Equal arguments lead to repeated names. */
    void write(JobRow job, OutputStream out) throws IOException {
        out.write('{');
        reader.forEach(job.seq(), job.tasks().total(), new Fields(new ArgumentCursor(store, job), out));
        out.write('}');
    }

    private record Fields(ArgumentCursor arguments, OutputStream out) implements ValueBlockReader.Writer {
        @Override
        public void gap(long from, long to) throws IOException {
            for (long index = from; index < to; index++) {
                name(index);
                out.write(NULL);
            }
        }

        @Override
        public void recorded(LatestResults.Piece piece) throws IOException {
            BlockCursor cursor = piece.cursor();
            for (long index = piece.first(); index < piece.last(); index++) {
                name(index);
                cursor.goTo(index);
                out.write(cursor.block().values().data(), cursor.start(), cursor.end() - cursor.start());
            }
        }

        private void name(long index) throws IOException {
            if (index > 0) {
                out.write(',');
            }
            Segment.Slice argument = arguments.of(index);
            JsonTranscoder.asName(out, argument.bytes(), argument.offset(), argument.offset() + argument.length());
            out.write(':');
        }
    }
}
