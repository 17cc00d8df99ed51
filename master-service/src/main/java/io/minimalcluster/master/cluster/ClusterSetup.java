package io.minimalcluster.master.cluster;

import io.minimalcluster.master.security.KeyRing;
import io.minimalcluster.worker.settings.ExecutorSettings;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({LocalWorkerSettings.class, ShutdownSettings.class})
class ClusterSetup {
    @Bean
    @ConditionalOnBooleanProperty(name = "minimalcluster.local-worker.enabled", matchIfMissing = true)
    LocalWorker localWorker(
            LocalWorkerSettings settings,
            ShutdownSettings shutdown,
            ExecutorSettings executor,
            KeyRing keys,
            MasterUrl url,
            ObjectProvider<BuildProperties> build)
            throws IOException {
        BuildProperties known = build.getIfAvailable();
        String version = known == null || known.getVersion() == null ? "unknown" : known.getVersion();
        return new LocalWorker(settings.toWorker(shutdown.drain()), version, executor, keys, url);
    }
}
