package io.minimalcluster.master.result;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Streams every value of a job in the order of its arguments, block by block as they are kept. */
@Component
public class ValuesArray {
    private static final byte[] NULL = "null".getBytes(US_ASCII);

    private final Store store;
    private final JsonMapper json;

    ValuesArray(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    /** Writes a JSON array with {@code total} elements, null for tasks without a value. */
    public void write(long job, long total, OutputStream out) throws IOException {
        out.write('[');
        long next = 0;
        while (next < total) {
            long from = next;
            Optional<RecordedBlock> block = store.read(sql -> RecordedBlock.fromIndex(sql, json, job, from));
            long known = block.map(found -> found.values().first()).orElse(total);
            writeNulls(next, known, out);
            next = known;
            if (block.isPresent()) {
                Segment values = block.get().values();
                separate(next, out);
                out.write(values.data());
                next = values.end();
            }
        }
        out.write(']');
    }

    private static void writeNulls(long from, long to, OutputStream out) throws IOException {
        for (long i = from; i < to; i++) {
            separate(i, out);
            out.write(NULL);
        }
    }

    private static void separate(long index, OutputStream out) throws IOException {
        if (index > 0) {
            out.write(',');
        }
    }
}
