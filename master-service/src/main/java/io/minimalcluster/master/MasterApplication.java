package io.minimalcluster.master;

import io.minimalcluster.worker.GeneratedContext;
import io.minimalcluster.worker.launch.ParentWatchdog;
import io.minimalcluster.worker.launch.ProcessHardening;
import java.time.InstantSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/** Starts a master. Users with passwords and Spring's own error page have no place in it. */
@SpringBootApplication(
        exclude = {ErrorMvcAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class},
        proxyBeanMethods = false)
@EnableConfigurationProperties(DataFolder.class)
public class MasterApplication {
    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(MasterApplication.class);
        if (GeneratedContext.isBeingGenerated()) {
            application.run(args);
            return;
        }
        ProcessHardening.hide();
        ParentWatchdog.exitWithParent();
        GeneratedContext.useFor(MasterApplication.class);
        try {
            application.run(args);
        } catch (RuntimeException failure) { // it is reported by now
            System.exit(exitCode(failure));
        }
    }

    /** As the cause says, however deep it is in what Spring makes of it. */
    static int exitCode(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof StartupException refused) {
                return refused.getExitCode();
            }
        }
        return 1;
    }

    @Bean
    static MasterSettings settings(ConfigurableEnvironment environment) {
        return new MasterSettings(environment);
    }

    /** The one clock that decides anything. */
    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }
}
