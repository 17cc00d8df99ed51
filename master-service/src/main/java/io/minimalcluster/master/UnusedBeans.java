package io.minimalcluster.master;

import java.util.List;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;

/**
 * Removes bean definitions of auto-configurations that are used otherwise. It acts when the build generates the bean
 * definitions (docs/decisions/0023).
 */
final class UnusedBeans implements BeanDefinitionRegistryPostProcessor {
    /** The module looks for annotated serializers in all beans, and this project has none. */
    private static final List<String> NAMES = List.of("jsonComponentModule");

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        NAMES.stream().filter(registry::containsBeanDefinition).forEach(registry::removeBeanDefinition);
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {}
}
