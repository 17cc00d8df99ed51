package io.minimalcluster.master.result.read;

import io.minimalcluster.master.segment.RecordedRange;
import io.minimalcluster.model.support.LruCache;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Iterates over the latest outcomes of a job in the order of indexes, for one reader. After a retry short new blocks
 * may interrupt a long old block, so the last blocks are cached, but not retained: a reader may wait for its client.
 */
final class LatestResults {
    private static final int CACHED_BLOCKS = 2;

    private final long job;
    private final JsonMapper json;
    private final Map<Long, WeakReference<BlockCursor>> cached = LruCache.of(CACHED_BLOCKS);

    LatestResults(long job, JsonMapper json) {
        this.job = job;
        this.json = json;
    }

    /** The next recorded outcomes at or after an index, from one block. */
    Optional<Piece> from(JdbcClient sql, JobSnapshot snapshot, long index) {
        return RecordedRange.from(sql, job, snapshot.round(), index)
                .map(span -> new Piece(cursor(sql, span.position()), span.first(), span.last()));
    }

    private BlockCursor cursor(JdbcClient sql, long position) {
        WeakReference<BlockCursor> known = cached.get(position);
        BlockCursor cursor = known == null ? null : known.get();
        if (cursor == null) {
            cursor = new BlockCursor(RecordedBlock.at(sql, json, job, position));
            cached.put(position, new WeakReference<>(cursor));
        }
        return cursor;
    }

    /**
     * Consecutive outcomes of one block.
     *
     * @param last the index after the last
     */
    record Piece(BlockCursor cursor, long first, long last) {
        boolean isWholeBlock() {
            return first == cursor.block().values().first()
                    && last == cursor.block().values().end();
        }
    }
}
