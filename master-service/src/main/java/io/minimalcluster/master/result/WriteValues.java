package io.minimalcluster.master.result;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Streams every value of a job in the order of its arguments, block by block as they are kept. */
@Component
class WriteValues {
    private static final byte[] NULL = "null".getBytes(US_ASCII);

    private final Store store;
    private final JsonMapper json;

    WriteValues(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    /** Writes a JSON array with an element for each task, null for tasks without a value. */
    void writeArray(JobRow job, OutputStream out) throws IOException {
        out.write('[');
        forEachPiece(job, new Pieces() {
            @Override
            public void gap(long from, long to) throws IOException {
                for (long index = from; index < to; index++) {
                    separate(index, out);
                    out.write(NULL);
                }
            }

            @Override
            public void recorded(NewestOutcomes.Piece piece) throws IOException {
                separate(piece.first(), out);
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
        });
        out.write(']');
    }

    /** Writes a JSON object with a field for each task, its name the argument. */
    void writeMap(JobRow job, OutputStream out) throws IOException {
        Arguments arguments = new Arguments(store, job);
        out.write('{');
        forEachPiece(job, new Pieces() {
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
                separate(index, out);
                Segment.Slice argument = arguments.of(index);
                JsonBytes.asName(out, argument.bytes(), argument.offset(), argument.offset() + argument.length());
                out.write(':');
            }
        });
        out.write('}');
    }

    private void forEachPiece(JobRow job, Pieces pieces) throws IOException {
        NewestOutcomes outcomes = new NewestOutcomes(job.seq(), json);
        long total = job.tasks().total();
        long next = 0;
        while (next < total) {
            long from = next;
            Optional<NewestOutcomes.Piece> piece =
                    store.read(sql -> outcomes.from(sql, JobNow.of(sql, job.seq()), from));
            long known = piece.map(NewestOutcomes.Piece::first).orElse(total);
            pieces.gap(from, known);
            next = known;
            if (piece.isPresent()) {
                pieces.recorded(piece.get());
                next = piece.get().last();
            }
        }
    }

    private static void separate(long index, OutputStream out) throws IOException {
        if (index > 0) {
            out.write(',');
        }
    }

    /** What a job's indexes consist of; a value whose task failed is null as it is recorded. */
    private interface Pieces {
        void gap(long from, long to) throws IOException;

        void recorded(NewestOutcomes.Piece piece) throws IOException;
    }
}
