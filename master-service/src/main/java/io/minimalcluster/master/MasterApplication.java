package io.minimalcluster.master;

import io.minimalcluster.worker.process.FatalErrors;
import io.minimalcluster.worker.process.ParentWatchdog;
import io.minimalcluster.worker.process.ProcessHardening;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.health.autoconfigure.application.SslHealthContributorAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.ssl.SslMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.task.TaskExecutorMetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.metrics.TomcatMetricsAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Entry point of a master. Excludes Spring's password users and its error page, and what no code here uses, because
 * each bean definition makes a start longer (docs/decisions/0023).
 */
@SpringBootApplication(
        exclude = {
            AopAutoConfiguration.class,
            ErrorMvcAutoConfiguration.class,
            ObservationAutoConfiguration.class,
            SslHealthContributorAutoConfiguration.class,
            SslMetricsAutoConfiguration.class,
            TaskExecutorMetricsAutoConfiguration.class,
            TaskSchedulingAutoConfiguration.class,
            TomcatMetricsAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class,
        },
        proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class MasterApplication {
    private static final String HELP = """
            Starts a master. Settings are arguments, such as --server.port=9000 --minimalcluster.data=/var/lib/master,
            environment variables, such as SERVER_PORT=9000, or lines of application.yaml in this folder.
            docs/settings.md lists them.
            """;

    public static void main(String[] args) {
        if (List.of(args).contains("--help")) {
            System.out.print(HELP);
            return;
        }
        SpringApplication application = new SpringApplication(MasterApplication.class);
        if (GeneratedContext.isBeingGenerated()) {
            application.run(args);
            return;
        }
        FatalErrors.endProcess();
        ProcessHardening.hide();
        ParentWatchdog.exitWithParent();
        GeneratedContext.useFor(MasterApplication.class);
        try {
            application.run(args);
        } catch (RuntimeException failure) { // already reported by StartupExceptionReporter or Spring
            System.exit(StartupException.in(failure)
                    .map(StartupException::getExitCode)
                    .orElse(1));
        }
    }

    @Bean
    static MasterSettings settings(ConfigurableEnvironment environment) {
        return new MasterSettings(environment);
    }

    @Bean
    static UnusedBeans unusedBeans() {
        return new UnusedBeans();
    }

    /** The only wall clock that decisions depend on. */
    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }
}
