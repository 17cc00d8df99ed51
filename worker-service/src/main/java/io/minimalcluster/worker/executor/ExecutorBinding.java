package io.minimalcluster.worker.executor;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.worker.executor.protocol.BatchSpec;

/**
 * The scope, environment and network access that an executor is bound to by its first batch. Other scopes or
 * environments never see its static state.
 */
record ExecutorBinding(String scope, EnvironmentId environmentId, boolean network) {
    static ExecutorBinding of(BatchSpec work) {
        return new ExecutorBinding(work.scope(), work.environmentId(), work.network());
    }
}
