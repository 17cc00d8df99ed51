package io.minimalcluster.master.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.environment.compile.CompiledBundle;
import io.minimalcluster.master.environment.upload.PostedContent;
import io.minimalcluster.master.error.MasterException.Conflict;
import io.minimalcluster.master.error.MasterException.InsufficientStorage;
import io.minimalcluster.master.error.MasterException.NotFound;
import io.minimalcluster.master.http.json.TestJson;
import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.idempotency.Receipt;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.Role;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.EnvironmentId;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ownership of environments: each client lists and deletes only its own. */
@Tag("store")
class EnvironmentsTest {
    private static final Caller ANN = new Caller("ann", Set.of(Role.CLIENT));
    private static final Caller BOB = new Caller("bob", Set.of(Role.CLIENT));
    private static final Caller ADMIN = new Caller("admin", Set.of(Role.CLIENT, Role.ADMIN));
    private static final Caller OBSERVER = new Caller("observer", Set.of(Role.CLIENT, Role.OBSERVER));
    private static final EnvironmentId ID = new EnvironmentId("env-1");

    @TempDir
    Path folder;

    private Store store;
    private Environments environments;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        environments = new Environments(
                store,
                new BundleChunks(store),
                TestEnvironments.quota(10_000),
                InstantSource.system(),
                TestJson.STRICT);
        store.writeAndWait(sql -> sql.sql("""
                        insert into environment (id, sha256, functions, warnings, sources, bundle, bundle_sha256)
                        values ('env-1', '', '[]', '[]', '{}', :bundle, '')
                        """).param("bundle", new byte[0]).update());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void addFunction(Caller caller) {
        store.writeAndWait(sql -> sql.sql("""
                        insert into function (owner, name, environment_id, method, created_at)
                        values (:owner, 'f', 'env-1', 'f()', 0)
                        """).param("owner", caller.owner()).update());
    }

    private void addJob(Caller caller, String state) {
        store.writeAndWait(sql -> sql.sql("""
                        insert into job (id, owner, environment_id, method, state, options, priority, max_attempts,
                                         task_timeout_seconds, total, pending, running, succeeded, failed, leases,
                                         next_position, created_at)
                        values ('job-1', :owner, 'env-1', 'f()', :state, '{}', 5, 3, 0, 1, 1, 0, 0, 0, 0, 0, 0)
                        """)
                .param("owner", caller.owner())
                .param("state", state)
                .update());
    }

    private boolean addOwner(Caller caller, String name) {
        return store.writeAndWait(sql -> environments.addOwner(sql, caller, name, ID));
    }

    private int listed(Caller caller) {
        return environments.list(caller, PageRequest.of(null, null)).items().size();
    }

    @Test
    void deletionRemovesOneOwnerOnly() {
        assertThat(addOwner(ANN, "a")).isTrue();
        assertThat(addOwner(ANN, "again")).isFalse();
        addOwner(BOB, "b");
        environments.delete(ANN, ID);
        assertThat(listed(ANN)).isZero();
        assertThat(listed(BOB)).isEqualTo(1);
        assertThatThrownBy(() -> environments.get(ANN, ID)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> environments.delete(ANN, ID)).isInstanceOf(NotFound.class);
        environments.delete(BOB, ID);
        assertThat(environments.has(ID)).isFalse();
    }

    @Test
    void deletedEnvironmentIsInvisibleAtOnce() {
        addOwner(ANN, "a");
        addOwner(BOB, "b");
        environments.checkVisible(ANN, ID);
        environments.checkVisible(BOB, ID);
        environments.checkVisible(OBSERVER, ID);

        environments.delete(ANN, ID);

        assertThatThrownBy(() -> environments.checkVisible(ANN, ID)).isInstanceOf(NotFound.class);
        environments.checkVisible(BOB, ID);
        environments.delete(ADMIN, ID);
        assertThatThrownBy(() -> environments.checkVisible(BOB, ID)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> environments.checkVisible(OBSERVER, ID)).isInstanceOf(NotFound.class);
    }

    @Test
    void addedEnvironmentIsVisibleAtOnce() {
        addOwner(BOB, "b");
        assertThatThrownBy(() -> environments.checkVisible(ANN, ID)).isInstanceOf(NotFound.class);

        addOwner(ANN, "a");

        environments.checkVisible(ANN, ID);
    }

    @Test
    void environmentInUseByItsOwnerCannotBeDeleted() {
        addOwner(ANN, "a");
        addJob(ANN, "RUNNING");
        assertThatThrownBy(() -> environments.delete(ANN, ID)).isInstanceOf(Conflict.class);
        store.writeAndWait(sql -> sql.sql("update job set state = 'SUCCEEDED'").update());
        addFunction(ANN);
        assertThatThrownBy(() -> environments.delete(ANN, ID)).isInstanceOf(Conflict.class);
        store.writeAndWait(sql -> sql.sql("delete from function").update());
        environments.delete(ANN, ID);
        assertThat(environments.has(ID)).as("a finished job still refers to it").isTrue();
    }

    @Test
    void useByAnotherOwnerAllowsDeletionAndKeepsTheContent() {
        addOwner(ANN, "a");
        addOwner(BOB, "b");
        addJob(BOB, "RUNNING");
        addFunction(ADMIN);
        environments.delete(ANN, ID);
        assertThat(environments.has(ID)).isTrue();
        store.writeAndWait(sql -> sql.sql("delete from job").update());
        environments.delete(BOB, ID);
        assertThat(environments.has(ID))
                .as("a function of the admin refers to it")
                .isTrue();
    }

    @Test
    void readerCannotDeleteAnEnvironment() {
        addOwner(ANN, "a");
        assertThat(listed(OBSERVER)).isEqualTo(1);
        assertThatThrownBy(() -> environments.delete(OBSERVER, ID)).isInstanceOf(NotFound.class);
        assertThat(listed(ANN)).isEqualTo(1);
        environments.delete(ADMIN, ID);
        assertThat(environments.has(ID)).isFalse();
    }

    private byte[] bundle(EnvironmentId id) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int length = BundleChunks.CHUNK_BYTES;
        for (int number = 0; length == BundleChunks.CHUNK_BYTES; number++) {
            byte[] chunk = environments.bundleChunk(id, number);
            all.writeBytes(chunk);
            length = chunk.length;
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 3 << 20, (3 << 20) + 17})
    void bundleIsStoredInChunksAndReadWhole(int length) {
        byte[] bundle = new byte[length];
        new Random(1).nextBytes(bundle);
        PostedContent content = PostedContent.of(Map.of("Main.java", "int f() { return 1; }"));

        PreparedEnvironment prepared =
                PreparedEnvironment.made(content, new CompiledBundle(List.of(), List.of(), bundle), Bundle.of(bundle));
        environments.add(ANN, null, prepared, Receipt.NONE);

        assertThat(bundle(content.id())).isEqualTo(bundle);
        environments.delete(ANN, content.id());
        assertThatThrownBy(() -> environments.bundleSha256(content.id())).isInstanceOf(NotFound.class);
        assertThat(store.<Integer>read(sql -> sql.sql("select count(*) from bundle_chunk")
                        .query(Integer.class)
                        .single()))
                .isZero();
    }

    private Environments withQuota(EnvironmentQuota quota) {
        return new Environments(store, new BundleChunks(store), quota, InstantSource.system(), TestJson.STRICT);
    }

    private static PreparedEnvironment prepared(String source, byte[] bundle) {
        return PreparedEnvironment.made(
                PostedContent.of(Map.of("Main.java", source)),
                new CompiledBundle(List.of(), List.of(), bundle),
                Bundle.of(bundle));
    }

    @Test
    void quotaRejectsAnEnvironmentAndStoresNothing() {
        Environments bounded = withQuota(TestEnvironments.quota(1));
        PreparedEnvironment first = prepared("int f() { return 1; }", new byte[1]);
        PreparedEnvironment second = prepared("int f() { return 2; }", new byte[1]);
        bounded.add(ANN, null, first, Receipt.NONE);

        assertThatThrownBy(() -> bounded.add(ANN, null, second, Receipt.NONE))
                .isInstanceOf(InsufficientStorage.class)
                .hasMessageContaining("You have 1 environments");

        assertThat(bounded.has(second.id())).isFalse();
        assertThat(bounded.add(ANN, null, first, Receipt.NONE))
                .as("the same environment again")
                .isFalse();
        assertThat(bounded.add(BOB, null, second, Receipt.NONE)).isTrue();
    }

    @Test
    void quotaBoundsTheTotalBundleSizeOfAnOwner() {
        Environments bounded = withQuota(TestEnvironments.quotaOfMebibytes(5));
        bounded.add(ANN, null, prepared("int f() { return 1; }", new byte[2_500_000]), Receipt.NONE);
        assertThatThrownBy(() ->
                        bounded.add(ANN, null, prepared("int f() { return 2; }", new byte[2_500_000]), Receipt.NONE))
                .isInstanceOf(InsufficientStorage.class)
                .hasMessageContaining("bytes");
        assertThat(bounded.add(ANN, null, prepared("int f() { return 3; }", new byte[100]), Receipt.NONE))
                .isTrue();
    }
}
