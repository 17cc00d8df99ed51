package io.minimalcluster.master.store.sqlite;

import java.sql.Connection;
import java.time.Duration;
import org.apache.commons.dbcp2.DelegatingPreparedStatement;
import org.apache.commons.dbcp2.PoolingConnection;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;

/** Cache of the prepared statements of a connection: preparing a statement costs more than running it. */
final class StatementCache {
    private static final int STATEMENTS = 200;

    private StatementCache() {}

    /** Wraps a connection with a cache. A statement whose cached instance is in use is prepared again. */
    @SuppressWarnings("resource") // closed with the connection
    static Connection on(Connection connection) {
        GenericKeyedObjectPoolConfig<DelegatingPreparedStatement> config = new GenericKeyedObjectPoolConfig<>();
        config.setJmxEnabled(false);
        config.setBlockWhenExhausted(false);
        config.setMaxWait(Duration.ZERO);
        config.setMaxTotalPerKey(-1);
        config.setMaxIdlePerKey(1);
        config.setMaxTotal(STATEMENTS);
        PoolingConnection caching = new PoolingConnection(connection);
        caching.setStatementPool(new GenericKeyedObjectPool<>(caching, config));
        return caching;
    }
}
