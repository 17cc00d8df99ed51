package io.minimalcluster.master;

import io.minimalcluster.worker.GeneratedContext;
import io.minimalcluster.worker.settings.KnownSettings;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.env.ConfigurableEnvironment;

/** Rejects unknown settings under {@code minimalcluster.} before any bean is created. */
final class MasterSettings implements BeanFactoryPostProcessor {
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
        }
    }

    /** Settings of the records that the context binds. The name of such a bean is its prefix and its class. */
    private static KnownSettings known(ConfigurableListableBeanFactory beans) {
        Class<?>[] records = Stream.of(beans.getBeanDefinitionNames())
                .filter(name -> name.startsWith("minimalcluster"))
                .map(name -> beans.getType(name, false))
                .filter(Objects::nonNull)
                .filter(type -> type.isAnnotationPresent(ConfigurationProperties.class))
                .toArray(Class<?>[]::new);
        return KnownSettings.of(records);
    }
}
