package io.minimalcluster.master.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.page.PageRequest;
import io.minimalcluster.master.problem.MasterException.Conflict;
import io.minimalcluster.master.problem.MasterException.Unavailable;
import io.minimalcluster.master.security.KeyRing;
import io.minimalcluster.master.security.KeyRing.NewSecret;
import io.minimalcluster.master.security.Role;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.TestRoom;
import io.minimalcluster.master.store.TestStore;
import io.minimalcluster.master.store.Trouble;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that was kept while its maker was told of a failure does not stay. */
class UntoldKeysTest {
    @TempDir
    Path folder;

    private final Trouble trouble = new Trouble();
    private final NewSecret first = KeyRing.newSecret();
    private Store store;
    private UntoldKeys untold;
    private StoredKeys keys;

    @BeforeEach
    void open() {
        store = TestStore.cheapIn(folder, trouble);
        untold = new UntoldKeys(store);
        keys = new StoredKeys(store, InstantSource.system(), TestRoom.in(folder), untold);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private KeyView make(NewSecret secret) {
        return keys.add(TestJobs.CALLER, "visitor", Role.CLIENT, null, secret);
    }

    private void makeInSecret() {
        trouble.keepNextCommitSecret();
        assertThatThrownBy(() -> make(first)).isInstanceOf(Unavailable.class);
        assertThat(names()).as("it was kept").containsExactly("visitor");
    }

    private List<String> names() {
        return keys.list(PageRequest.of(null, null)).items().stream()
                .map(KeyView::name)
                .toList();
    }

    @Test
    void itIsTakenBackOnceTheStoreTakesWrites() {
        makeInSecret();
        trouble.begin(1, Trouble.Kind.BEFORE, true);
        untold.tick();
        trouble.end();
        assertThat(names()).hasSize(1);

        untold.tick();

        assertThat(names()).isEmpty();
        assertThat(keys.callerOf(first.sha256())).isEmpty();
    }

    @Test
    void theSameCallAgainMakesOneWhoseSecretIsTold() {
        makeInSecret();
        NewSecret second = KeyRing.newSecret();

        assertThat(make(second).secret()).isEqualTo(second.secret());

        untold.tick();
        assertThat(keys.callerOf(second.sha256())).isPresent();
        assertThat(keys.callerOf(first.sha256())).isEmpty();
    }

    @Test
    void aKeyThatWasToldStaysAndHasItsName() {
        make(first);
        assertThatThrownBy(() -> make(KeyRing.newSecret())).isInstanceOf(Conflict.class);
        untold.tick();
        assertThat(keys.callerOf(first.sha256())).isPresent();
    }
}
