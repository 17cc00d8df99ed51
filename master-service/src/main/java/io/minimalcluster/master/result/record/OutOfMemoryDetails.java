package io.minimalcluster.master.result.record;

import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.support.ByteSize;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Adds the worker and the heap of its executors to the message of an out-of-memory error. */
final class OutOfMemoryDetails {
    private static final String WORKER = "select name, memory_bytes from worker where id = :id";

    private OutOfMemoryDetails() {}

    static List<IndexedError> add(JdbcClient sql, WorkerId worker, List<IndexedError> errors) {
        if (errors.stream().noneMatch(error -> error.kind() == ErrorKind.OUT_OF_MEMORY)) {
            return errors;
        }
        String where = sql.sql(WORKER)
                .param("id", worker.value())
                .query((row, number) -> describe(row.getString("name"), row.getLong("memory_bytes")))
                .optional()
                .orElse("");
        return errors.stream()
                .map(error -> error.kind() == ErrorKind.OUT_OF_MEMORY ? error.withMessageAt(where) : error)
                .toList();
    }

    private static String describe(String name, long heap) {
        return " (on worker " + name + (heap == 0 ? "" : ", whose executors have a heap of " + new ByteSize(heap))
                + ")";
    }
}
