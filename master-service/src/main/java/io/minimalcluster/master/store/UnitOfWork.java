package io.minimalcluster.master.store;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A unit of work in one transaction. It may be retried after a store failure, so it must have no other side effects.
 *
 * @param <T> type of the result
 */
@FunctionalInterface
public interface UnitOfWork<T> {
    /** Runs the unit of work. An exception rolls it back and is thrown to the caller. */
    T run(JdbcClient sql);
}
