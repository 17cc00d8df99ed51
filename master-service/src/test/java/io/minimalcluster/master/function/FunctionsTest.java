package io.minimalcluster.master.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.environment.TestLookup;
import io.minimalcluster.master.error.MasterException.UnknownFunction;
import io.minimalcluster.master.idempotency.Receipt;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.Role;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.TestDiskSpace;
import io.minimalcluster.master.store.configuration.StatementFaults;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.environment.TargetFunction;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache of registrations. */
class FunctionsTest {
    private static final Caller ANN = new Caller("ann", Set.of(Role.CLIENT));
    private static final EnvironmentId ENVIRONMENT = new EnvironmentId("env-1");
    private static final TargetFunction SQUARE = new TargetFunction("square", "Main", List.of(), "void", "square()");

    @TempDir
    private Path folder;

    private final StatementFaults statements = new StatementFaults();
    private Store store;
    private Functions functions;

    @BeforeEach
    void open() {
        store = TestStore.nonDurableIn(folder, statements);
        store.writeAndWait(sql -> {
            sql.sql("insert into environment (id, sha256, functions, warnings, sources, bundle, bundle_sha256)"
                            + " values (:id, '', '[]', '[]', '[]', x'', '')")
                    .param("id", ENVIRONMENT.value())
                    .update();
            return sql.sql("insert into environment_owner (environment_id, owner, created_at) values (:id, 'ann', 0)")
                    .param("id", ENVIRONMENT.value())
                    .update();
        });
        functions =
                new Functions(store, InstantSource.system(), TestLookup.of(store, SQUARE), TestDiskSpace.in(folder));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void register() {
        functions.register(ANN, "square", ENVIRONMENT, SQUARE, Receipt.NONE);
    }

    private int statementsToResolve() {
        statements.count();
        functions.resolve(ANN, "square");
        int count = statements.statements();
        statements.end();
        return count;
    }

    @Test
    void registrationIsReadOnce() {
        register();
        functions.resolve(ANN, "square");

        assertThat(statementsToResolve()).isZero();
    }

    /** Signatures are as long as the names of classes in source code. */
    @Test
    void longSignatureIsReadEachTime() {
        register();
        store.writeAndWait(sql -> sql.sql("update function set method = :method")
                .param("method", "f(" + "L".repeat(2_000) + ")")
                .update());
        functions =
                new Functions(store, InstantSource.system(), TestLookup.of(store, SQUARE), TestDiskSpace.in(folder));
        functions.resolve(ANN, "square");

        assertThat(statementsToResolve()).isPositive();
    }

    @Test
    void deletedRegistrationIsUnknownAtOnce() {
        register();
        functions.resolve(ANN, "square");

        functions.delete(ANN, "square");

        assertThatExceptionOfType(UnknownFunction.class).isThrownBy(() -> functions.resolve(ANN, "square"));
    }

    /** After a write with an unknown outcome, the store alone can tell. */
    @Test
    void nothingIsCachedAfterAnUncertainWrite() {
        register();
        functions.resolve(ANN, "square");
        statements.reportNextCommitAsFailed();

        assertThatThrownBy(() -> functions.delete(ANN, "square")).isInstanceOf(RuntimeException.class);
        statements.end();

        assertThatExceptionOfType(UnknownFunction.class)
                .as("the commit has happened")
                .isThrownBy(() -> functions.resolve(ANN, "square"));
        register();
        functions.resolve(ANN, "square");
        assertThat(statementsToResolve()).isPositive();
    }
}
