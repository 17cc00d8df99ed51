package io.minimalcluster.master.store.sqlite;

import java.sql.Connection;
import java.time.Duration;
import org.apache.commons.dbcp2.DelegatingPreparedStatement;
import org.apache.commons.dbcp2.PoolingConnection;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;

/** Keeps the statements of a connection, which are few, for the next time: to prepare one costs more than to run it. */
final class StatementCache {
    private static final int STATEMENTS = 200;

    private StatementCache() {}

    /** The connection, with its statements kept; one of the same text that is in use already is prepared anew. */
    @SuppressWarnings("resource") // closed with the connection
    static Connection on(Connection connection) {
        GenericKeyedObjectPoolConfig<DelegatingPreparedStatement> config = new GenericKeyedObjectPoolConfig<>();
        config.setJmxEnabled(false);
        config.setBlockWhenExhausted(false);
        config.setMaxWait(Duration.ZERO);
        config.setMaxTotalPerKey(-1);
        config.setMaxIdlePerKey(1);
        config.setMaxTotal(STATEMENTS);
        PoolingConnection keeping = new PoolingConnection(connection);
        keeping.setStatementPool(new GenericKeyedObjectPool<>(keeping, config));
        return keeping;
    }
}
