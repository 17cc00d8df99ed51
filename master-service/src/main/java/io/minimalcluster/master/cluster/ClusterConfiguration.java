package io.minimalcluster.master.cluster;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.minimalcluster.worker.settings.ExecutorSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {
    @Bean
    MeterBinder localExecutors(LocalWorker worker) {
        return registry -> Gauge.builder("minimalcluster.executors", worker, LocalWorker::executors)
                .description("Executor processes of the local worker")
                .register(registry);
    }

    @Bean
    LocalWorker.Parts localWorkerParts(
            LocalWorkerSettings settings,
            ShutdownSettings shutdown,
            ExecutorSettings executor,
            ObjectProvider<BuildProperties> build) {
        return new LocalWorker.Parts(
                settings.enabled(), settings.toWorker(shutdown.drain()), executor, MasterVersion.of(build));
    }
}
