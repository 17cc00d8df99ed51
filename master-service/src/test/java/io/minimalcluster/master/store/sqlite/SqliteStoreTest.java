package io.minimalcluster.master.store.sqlite;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.StoreContract;
import io.minimalcluster.master.store.configuration.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store on SQLite. */
class SqliteStoreTest extends StoreContract {
    @TempDir
    Path folder;

    @Override
    public Store open() {
        Store store = TestStore.in(folder, TestStore.settings(0));
        store.writeAndWait(sql -> sql.sql("create table if not exists note (id integer primary key, text text)")
                .update());
        return store;
    }

    @Test
    void secondMasterOnTheSameFileIsRejected() {
        assertThatThrownBy(this::open).isInstanceOf(IllegalStateException.class).hasMessageContaining("another master");
    }
}
