package io.minimalcluster.master;

import io.minimalcluster.worker.settings.KnownSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Rejects unknown settings under {@code minimalcluster.} before any bean is created, and accepts the former names of
 * renamed settings.
 */
final class MasterSettings implements BeanFactoryPostProcessor {
    private static final Logger log = LoggerFactory.getLogger(MasterSettings.class);

    /** New names by former names, which work in 0.1 only. */
    private static final Map<String, String> RENAMED = Map.of(
            "minimalcluster.limits.body-pause", "minimalcluster.limits.body-idle-timeout",
            "minimalcluster.postgres.start-wait", "minimalcluster.postgres.startup-timeout",
            "minimalcluster.store.check-time", "minimalcluster.store.check-timeout",
            "minimalcluster.streams.most", "minimalcluster.streams.max-open",
            "minimalcluster.streams.most-per-owner", "minimalcluster.streams.max-open-per-owner");

    private final ConfigurableEnvironment environment;

    MasterSettings(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        if (!GeneratedContext.isBeingGenerated()) { // the build's environment is not that of a master
            try {
                known(beans).check(environment);
            } catch (IllegalArgumentException e) {
                throw new StartupException(String.valueOf(e.getMessage()));
            }
            acceptFormerNames(environment);
        }
    }

    /** Gives the values of former names to the new names, unless those are set too. */
    static void acceptFormerNames(ConfigurableEnvironment environment) {
        Map<String, Object> renamed = new HashMap<>();
        RENAMED.forEach((former, name) -> {
            String value = environment.getProperty(former);
            if (value != null) {
                log.warn("event=setting.deprecated name={} replacement={}", former, name);
                renamed.put(name, value);
            }
        });
        environment.getPropertySources().addLast(new MapPropertySource("renamed settings", renamed));
    }

    /** Settings of the records that the context binds. The name of such a bean is its prefix and its class. */
    private static KnownSettings known(ConfigurableListableBeanFactory beans) {
        Class<?>[] records = Stream.of(beans.getBeanDefinitionNames())
                .filter(name -> name.startsWith("minimalcluster"))
                .map(name -> beans.getType(name, false))
                .filter(Objects::nonNull)
                .filter(type -> type.isAnnotationPresent(ConfigurationProperties.class))
                .toArray(Class<?>[]::new);
        return KnownSettings.of(records).and(RENAMED.keySet().toArray(String[]::new));
    }
}
