package io.minimalcluster.master.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store. */
class SqliteStoreTest extends StoreContract {
    @TempDir
    Path folder;

    @Override
    Store open() {
        Store store = TestStore.in(folder, TestStore.settings(0));
        store.writeAndWait(sql -> sql.sql("create table if not exists note (id integer primary key, text text)")
                .update());
        return store;
    }

    @Test
    void aSecondOneOnTheSameFileIsRefused() {
        assertThatThrownBy(this::open).isInstanceOf(IllegalStateException.class).hasMessageContaining("another master");
    }
}
