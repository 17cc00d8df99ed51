package io.minimalcluster.master;

import io.minimalcluster.worker.settings.ExecutorSettings;
import io.minimalcluster.worker.settings.KnownSettings;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** All settings that a master has: those of every feature, and those of its executors. */
final class MasterSettings {
    private MasterSettings() {}

    static KnownSettings known() {
        ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        Stream<Class<?>> records = scan.findCandidateComponents("io.minimalcluster.master").stream()
                .map(found -> ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null));
        Class<?>[] all =
                Stream.concat(records, Stream.of(ExecutorSettings.class)).toArray(Class<?>[]::new);
        return KnownSettings.of(all)
                .andVariables(
                        "MINIMALCLUSTER_MASTER_OPTS",
                        "MINIMALCLUSTER_WORKER_OPTS",
                        "MINIMALCLUSTER_URL",
                        "MINIMALCLUSTER_PORT");
    }
}
