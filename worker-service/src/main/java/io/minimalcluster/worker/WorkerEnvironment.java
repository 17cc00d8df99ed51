package io.minimalcluster.worker;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Prepares settings and logging with Spring Boot, and abandons its run before it creates an application context. A
 * context would double the CPU time until the worker registers, and the worker needs no beans.
 */
final class WorkerEnvironment implements SpringApplicationRunListener {
    private @Nullable ConfigurableEnvironment prepared;

    private WorkerEnvironment() {}

    /**
     * The settings from arguments, environment variables, configuration files and defaults. Logging is configured by
     * them.
     */
    static ConfigurableEnvironment prepare(String[] args, Map<String, Object> defaults) {
        SpringApplication application = new SpringApplication(WorkerApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(defaults);
        WorkerEnvironment listener = new WorkerEnvironment();
        try {
            SpringApplication.withHook(_ -> listener, () -> application.run(args));
        } catch (AbandonedRunException e) {
            ConfigurableEnvironment environment = listener.prepared;
            if (environment != null) {
                return environment;
            }
            throw e;
        }
        throw new IllegalStateException("Spring Boot created a context");
    }

    /** Called after the listeners of Spring Boot. */
    @Override
    public void environmentPrepared(ConfigurableBootstrapContext bootstrap, ConfigurableEnvironment environment) {
        prepared = environment;
        throw new AbandonedRunException();
    }
}
