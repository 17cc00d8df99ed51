package io.minimalcluster.master.environment;

import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.EnvironmentId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Enumeration;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    /** Opens a bundle. Chunks are read on demand. */
    InputStream open(EnvironmentId id, byte[] first) {
        return new SequenceInputStream(new ChunkEnumeration(id, first));
    }

    @SuppressWarnings("JdkObsolete") // SequenceInputStream requires an Enumeration
    private final class ChunkEnumeration implements Enumeration<InputStream> {
        private final EnvironmentId id;
        private byte @Nullable [] next;
        private int number;

        ChunkEnumeration(EnvironmentId id, byte[] first) {
            this.id = id;
            this.next = first;
        }

        @Override
        public boolean hasMoreElements() {
            return next != null;
        }

        @Override
        public InputStream nextElement() {
            byte[] chunk = next;
            if (chunk == null) {
                throw new NoSuchElementException();
            }
            number++;
            next = chunk.length < CHUNK_BYTES ? null : find(number).orElse(null);
            return new ByteArrayInputStream(chunk);
        }

        private Optional<byte[]> find(int at) {
            return store.read(sql -> sql.sql(FIND)
                    .param("id", id.value())
                    .param("number", at)
                    .query(byte[].class)
                    .optional());
        }
    }
}
