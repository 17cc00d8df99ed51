package io.minimalcluster.master;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class UnusedBeansTest {
    /** If another version of Spring Boot renames the bean, its name here has no effect. */
    @Test
    void beanOfTheAutoConfigurationIsRemoved() {
        assertThat(hasModule(JacksonAutoConfiguration.class)).isTrue();
        assertThat(hasModule(JacksonAutoConfiguration.class, UnusedBeans.class)).isFalse();
    }

    private static boolean hasModule(Class<?>... components) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(components)) {
            return context.containsBean("jsonComponentModule");
        }
    }
}
