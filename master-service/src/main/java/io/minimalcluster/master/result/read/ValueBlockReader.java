package io.minimalcluster.master.result.read;

import io.minimalcluster.master.store.Store;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads the values of a job in the order of its arguments, block by block as stored. */
@Component
public class ValueBlockReader {
    private final Store store;
    private final JsonMapper json;

    public ValueBlockReader(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    void forEach(long job, long total, Writer writer) throws IOException {
        LatestResults outcomes = new LatestResults(job, json);
        long next = 0;
        while (next < total) {
            long from = next;
            Optional<LatestResults.Piece> piece = store.read(sql -> outcomes.from(sql, JobSnapshot.of(sql, job), from));
            long known = piece.map(LatestResults.Piece::first).orElse(total);
            writer.gap(from, known);
            next = known;
            if (piece.isPresent()) {
                writer.recorded(piece.get());
                next = piece.get().last();
            }
        }
    }

    /** Writes recorded values and gaps. The value of a failed task is recorded as null. */
    interface Writer {
        /** Receives a range of indexes without outcomes, which may be empty. */
        void gap(long from, long to) throws IOException;

        void recorded(LatestResults.Piece piece) throws IOException;
    }
}
