package io.minimalcluster.master.environment;

import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.EnvironmentId;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores bundles in chunks: the first in the row of the environment, the others in rows of their own. A large bundle is
 * never completely in memory.
 */
@Component
class BundleChunks {
    static final int CHUNK_BYTES = 1 << 20;
    private static final String ADD = """
            insert into bundle_chunk (environment_id, chunk_number, data) values (:id, :number, :data)
            """;
    private static final String FIND = """
            select data from bundle_chunk where environment_id = :id and chunk_number = :number
            """;
    private static final String DELETE_UNUSED = """
            delete from bundle_chunk
             where environment_id = :id and not exists (select 1 from environment where id = :id)
            """;

    private final Store store;

    BundleChunks(Store store) {
        this.store = store;
    }

    /** Reads the first chunk, which is stored in the row of the environment. */
    static byte[] first(InputStream bundle) throws IOException {
        return bundle.readNBytes(CHUNK_BYTES);
    }

    /** Stores the chunks after the first. */
    void addRest(JdbcClient sql, EnvironmentId id, InputStream bundle) throws IOException {
        int number = 1;
        for (byte[] chunk = bundle.readNBytes(CHUNK_BYTES); chunk.length > 0; chunk = bundle.readNBytes(CHUNK_BYTES)) {
            sql.sql(ADD)
                    .param("id", id.value())
                    .param("number", number)
                    .param("data", chunk)
                    .update();
            number++;
        }
    }

    /** Deletes the chunks if the environment is deleted. */
    void deleteUnused(JdbcClient sql, EnvironmentId id) {
        sql.sql(DELETE_UNUSED).param("id", id.value()).update();
    }

    /** A chunk after the first; empty if there is none. */
    Optional<byte[]> find(EnvironmentId id, int number) {
        return store.read(sql -> sql.sql(FIND)
                .param("id", id.value())
                .param("number", number)
                .query(byte[].class)
                .optional());
    }
}
