package io.minimalcluster.master;

import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.util.ClassUtils;

/**
 * Selects the bean definitions that the build generates as code (Spring AOT), which avoid class scanning and conditions
 * at startup.
 */
final class GeneratedContext {
    private static final String ENABLED = "spring.aot.enabled";

    private GeneratedContext() {}

    /** Whether this process is Spring's AOT processing in the build, which must not start the application. */
    static boolean isBeingGenerated() {
        return Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING);
    }

    /** Enables the generated definitions of an application if it is packaged with them. */
    static void useFor(Class<?> application) {
        String initializer = application.getName() + "__ApplicationContextInitializer";
        if (System.getProperty(ENABLED) == null && ClassUtils.isPresent(initializer, application.getClassLoader())) {
            System.setProperty(ENABLED, "true");
        }
    }
}
