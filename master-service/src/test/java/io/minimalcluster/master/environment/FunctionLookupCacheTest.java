package io.minimalcluster.master.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.StatementFaults;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.model.environment.TargetFunction;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache of {@link FunctionLookup}. A cached function is the same object in the next call. */
class FunctionLookupCacheTest {
    private static final EnvironmentId ENVIRONMENT = new EnvironmentId("env-1");

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = TestStore.nonDurableIn(folder, new StatementFaults());
        store.writeAndWait(sql -> sql.sql(
                        "insert into environment (id, sha256, functions, warnings, sources, bundle, bundle_sha256)"
                                + " values (:id, '', '[]', '[]', '[]', x'', '')")
                .param("id", ENVIRONMENT.value())
                .update());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static TargetFunction functionOf(String member) {
        Shape shape = new Shape(Shape.Kind.OBJECT, true, null, null, List.of(member));
        return new TargetFunction("f", "Main", List.of(new Parameter("p", "R", shape)), "int", "f(R)");
    }

    @Test
    void smallFunctionIsCached() {
        FunctionLookup lookup = TestLookup.of(store, functionOf("member"));

        assertThat(lookup.of(ENVIRONMENT, "f")).isSameAs(lookup.of(ENVIRONMENT, "f"));
    }

    @Test
    void functionWithLongNamesIsNotCached() {
        FunctionLookup lookup = TestLookup.of(store, functionOf("m".repeat(20_000)));

        assertThat(lookup.of(ENVIRONMENT, "f")).isNotSameAs(lookup.of(ENVIRONMENT, "f"));
    }

    @Test
    void longSpellingIsNotCached() {
        FunctionLookup lookup = TestLookup.of(store, functionOf("member"));
        String method = "f" + " ".repeat(600);

        assertThat(lookup.of(ENVIRONMENT, method)).isNotSameAs(lookup.of(ENVIRONMENT, method));
    }
}
