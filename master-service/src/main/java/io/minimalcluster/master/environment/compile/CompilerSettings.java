package io.minimalcluster.master.environment.compile;

import io.minimalcluster.worker.settings.SettingCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of compilers: {@code minimalcluster.compiler}.
 *
 * @param processes maximum number of compiler processes, each for one owner at a time
 * @param timePerOwner compilation time of an owner in ten minutes
 */
@ConfigurationProperties("minimalcluster.compiler")
record CompilerSettings(
        @DefaultValue("3") int processes,
        @DefaultValue("5m") Duration timePerOwner) {
    /** The time after which used compilation time is available again. */
    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final int MAX_PROCESSES = 32;
    private static final Duration MIN_TIME = Duration.ofSeconds(1);

    CompilerSettings {
        SettingCheck.range("minimalcluster.compiler.processes", processes, 1, MAX_PROCESSES);
        SettingCheck.range("minimalcluster.compiler.time-per-owner", timePerOwner, MIN_TIME, WINDOW);
    }
}
