package io.minimalcluster.master.result.read;

import io.minimalcluster.master.scheduling.RecordedRange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * A walk over the newest outcomes of a job in the order of indexes, for one reader. After a retry short new blocks lie
 * over a long old one, which is therefore kept at hand.
 */
final class LatestResults {
    private static final int AT_HAND = 2;

    private final long job;
    private final JsonMapper json;
    private final Map<Long, BlockCursor> atHand = new LinkedHashMap<>(4, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, BlockCursor> eldest) {
            return size() > AT_HAND;
        }
    };

    LatestResults(long job, JsonMapper json) {
        this.job = job;
        this.json = json;
    }

    /** What is recorded from an index on, as far as it stands in one block. */
    Optional<Piece> from(JdbcClient sql, JobSnapshot snapshot, long index) {
        return RecordedRange.from(sql, job, snapshot.round(), index)
                .map(span -> new Piece(
                        atHand.computeIfAbsent(
                                span.position(),
                                position -> new BlockCursor(RecordedBlock.at(sql, json, job, position))),
                        span.first(),
                        span.last()));
    }

    /**
     * Consecutive outcomes.
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
