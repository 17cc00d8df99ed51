package io.minimalcluster.master.environment;

import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.environment.TargetFunction;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Factory of a {@link FunctionLookup} that works without a compiler. */
public final class TestLookup {
    private TestLookup() {}

    /** Sets the function of every environment in the store to {@code function}. */
    public static FunctionLookup of(Store store, TargetFunction function) {
        JsonMapper json = JsonMapper.shared();
        store.writeAndWait(sql -> sql.sql("update environment set functions = :functions")
                .param("functions", json.writeValueAsString(List.of(function)))
                .update());
        return new FunctionLookup(new Environments(
                store, new BundleChunks(store), TestEnvironments.quota(10_000), InstantSource.system(), json));
    }
}
