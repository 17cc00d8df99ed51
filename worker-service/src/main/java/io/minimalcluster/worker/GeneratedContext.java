package io.minimalcluster.worker;

import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.util.ClassUtils;

/**
 * Bean definitions that the build generates as code: with them a start neither scans classes nor decides conditions.
 */
public final class GeneratedContext {
    private static final String ENABLED = "spring.aot.enabled";

    private GeneratedContext() {}

    /** Whether this process is the build, which takes the bean definitions of an application and starts none of it. */
    public static boolean isBeingGenerated() {
        return Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING);
    }

    /** Starts the application from its generated definitions where it is packaged with them. */
    public static void useFor(Class<?> application) {
        String initializer = application.getName() + "__ApplicationContextInitializer";
        if (System.getProperty(ENABLED) == null && ClassUtils.isPresent(initializer, application.getClassLoader())) {
            System.setProperty(ENABLED, "true");
        }
    }
}
