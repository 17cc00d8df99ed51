package io.minimalcluster.master.store;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A unit of work in one transaction. May run again after a failure of the store, so it touches nothing but the store.
 *
 * @param <T> what it finds
 */
@FunctionalInterface
public interface UnitOfWork<T> {
    /** Does it; whatever it throws undoes all of it, and reaches who asked. */
    T run(JdbcClient sql);
}
