package io.minimalcluster.master.security.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException.Conflict;
import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.security.Role;
import io.minimalcluster.master.security.key.KeyRing.NewSecret;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.TestDiskSpace;
import io.minimalcluster.master.store.configuration.StatementFaults;
import io.minimalcluster.master.store.configuration.TestStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cleanup of keys that were committed although their creation was reported as failed. */
class UndisclosedKeyCleanupTest {
    @TempDir
    Path folder;

    private final StatementFaults faults = new StatementFaults();
    private final NewSecret first = KeyRing.newSecret();
    private Store store;
    private UndisclosedKeyCleanup cleanup;
    private StoredKeys keys;

    @BeforeEach
    void open() {
        store = TestStore.nonDurableIn(folder, faults);
        cleanup = new UndisclosedKeyCleanup(store);
        keys = new StoredKeys(store, InstantSource.system(), TestDiskSpace.in(folder), cleanup);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private KeyView create(NewSecret secret) {
        return keys.add(TestJobs.CALLER, "visitor", Role.CLIENT, null, secret);
    }

    private void createUndisclosed() {
        faults.reportNextCommitAsFailed();
        assertThatThrownBy(() -> create(first)).isInstanceOf(Unavailable.class);
        assertThat(names()).as("the key is stored").containsExactly("visitor");
    }

    private List<String> names() {
        return keys.list(PageRequest.of(null, null)).items().stream()
                .map(KeyView::name)
                .toList();
    }

    @Test
    void undisclosedKeyIsDeletedOnceTheStoreAcceptsWrites() {
        createUndisclosed();
        faults.begin(1, StatementFaults.Kind.BEFORE, true);
        assertThatThrownBy(cleanup::tick).isInstanceOf(Unavailable.class);
        faults.end();
        assertThat(names()).hasSize(1);

        cleanup.tick();

        assertThat(names()).isEmpty();
        assertThat(keys.callerOf(first.sha256())).isEmpty();
    }

    @Test
    void repeatedCallReplacesTheUndisclosedKey() {
        createUndisclosed();
        NewSecret second = KeyRing.newSecret();

        assertThat(create(second).secret()).isEqualTo(second.secret());

        cleanup.tick();
        assertThat(keys.callerOf(second.sha256())).isPresent();
        assertThat(keys.callerOf(first.sha256())).isEmpty();
    }

    @Test
    void disclosedKeyIsKeptAndKeepsItsName() {
        create(first);
        assertThatThrownBy(() -> create(KeyRing.newSecret())).isInstanceOf(Conflict.class);
        cleanup.tick();
        assertThat(keys.callerOf(first.sha256())).isPresent();
    }
}
