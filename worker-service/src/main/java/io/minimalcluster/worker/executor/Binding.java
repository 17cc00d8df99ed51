package io.minimalcluster.worker.executor;

import io.minimalcluster.model.EnvironmentId;

/** What an executor is for, once it has served: statics are never shared between strangers. */
record Binding(String scope, EnvironmentId environmentId, boolean network) {
    static Binding of(BatchWork work) {
        return new Binding(work.scope(), work.environmentId(), work.network());
    }
}
