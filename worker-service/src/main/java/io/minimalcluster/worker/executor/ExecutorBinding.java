package io.minimalcluster.worker.executor;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.worker.executor.protocol.BatchSpec;

/** What an executor is for, once it has served: statics are never shared between strangers. */
record ExecutorBinding(String scope, EnvironmentId environmentId, boolean network) {
    static ExecutorBinding of(BatchSpec work) {
        return new ExecutorBinding(work.scope(), work.environmentId(), work.network());
    }
}
