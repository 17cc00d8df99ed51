package io.minimalcluster.master.result.read;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minimalcluster.master.http.budget.ResponseBuffer;
import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.job.Jobs;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.segment.ResultSegments;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.JobId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Streams the values of a job in the order of its arguments, block by block as stored. */
@Component
public class ValuesWriter {
    /** Maximum number of pieces of a part of the response. */
    private static final int MAX_PIECES = 64;

    private static final byte[] NULL = "null".getBytes(US_ASCII);

    private final Store store;
    private final JsonMapper json;

    public ValuesWriter(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    /**
     * A job with its values.
     *
     * @param all elements of a JSON array, without brackets; empty if they are not at hand
     */
    public record JobValues(JobRow job, Optional<byte[]> all) {}

    /** Finds a job, with its values if it has ended and they are short, in one read. */
    public JobValues find(Caller caller, JobId id) {
        return store.read(sql -> {
            JobRow job = Jobs.find(sql, caller, id);
            boolean isPlain = job.state().isTerminal() && job.round() == 0;
            return new JobValues(
                    job,
                    isPlain
                            ? ResultSegments.allValues(
                                    sql, job.seq(), job.tasks().total())
                            : Optional.empty());
        });
    }

    /** Writes the values of a job as a JSON array. */
    public void writeArray(JobValues values, OutputStream out) throws IOException {
        if (values.all().isPresent()) {
            ResponseBuffer.part(() -> {
                out.write('[');
                out.write(values.all().get());
                out.write(']');
                return values;
            });
        } else {
            writeArray(values.job().seq(), values.job().tasks().total(), out);
        }
    }

    /** Writes a JSON array with {@code total} elements, null for tasks without a value. */
    private void writeArray(long job, long total, OutputStream out) throws IOException {
        out.write('[');
        write(job, total, out, index -> separate(index, out), piece -> {
            separate(piece.first(), out);
            BlockCursor cursor = piece.cursor();
            Segment values = cursor.block().values();
            if (piece.isWholeBlock()) {
                out.write(values.data());
            } else {
                cursor.goTo(piece.first());
                int start = cursor.start();
                cursor.goTo(piece.last() - 1);
                out.write(values.data(), start, cursor.end() - start);
            }
            return piece.last();
        });
        out.write(']');
    }

    /** Writes a JSON object from argument to value. Equal arguments lead to repeated names. */
    void writeMap(JobRow job, OutputStream out) throws IOException {
        ArgumentCursor arguments = new ArgumentCursor(store, job);
        Prefix name = index -> {
            separate(index, out);
            Segment.Slice argument = arguments.of(index);
            JsonTranscoder.asName(out, argument.bytes(), argument.offset(), argument.offset() + argument.length());
            out.write(':');
        };
        out.write('{');
        write(job.seq(), job.tasks().total(), out, name, piece -> {
            BlockCursor cursor = piece.cursor();
            long index = piece.first();
            do {
                name.write(index);
                cursor.goTo(index);
                out.write(cursor.block().values().data(), cursor.start(), cursor.end() - cursor.start());
                index++;
            } while (index < piece.last() && !ResponseBuffer.isFull());
            return index;
        });
        out.write('}');
    }

    /** Writes the text before a value. */
    private interface Prefix {
        void write(long index) throws IOException;
    }

    /** Writes recorded values, and returns the index after the last. The value of a failed task is recorded as null. */
    private interface PieceWriter {
        long write(LatestResults.Piece piece) throws IOException;
    }

    private void write(long job, long total, OutputStream out, Prefix prefix, PieceWriter recorded) throws IOException {
        LatestResults outcomes = new LatestResults(job, json);
        long next = 0;
        while (next < total) {
            long first = next;
            next = ResponseBuffer.part(() -> {
                long end = first;
                for (int i = 0; i < MAX_PIECES && end < total && !ResponseBuffer.isFull(); i++) {
                    long from = end;
                    Optional<LatestResults.Piece> piece =
                            store.read(sql -> outcomes.from(sql, JobSnapshot.of(sql, job), from));
                    end = writeGap(end, piece.map(LatestResults.Piece::first).orElse(total), out, prefix);
                    if (piece.isPresent() && end == piece.get().first()) {
                        end = recorded.write(piece.get());
                    }
                }
                return end;
            });
        }
    }

    /** Writes null for tasks without an outcome, until the part of the response is full. */
    private static long writeGap(long from, long end, OutputStream out, Prefix prefix) throws IOException {
        long next = from;
        while (next < end && !ResponseBuffer.isFull()) {
            prefix.write(next);
            out.write(NULL);
            next++;
        }
        return next;
    }

    private static void separate(long index, OutputStream out) throws IOException {
        if (index > 0) {
            out.write(',');
        }
    }
}
