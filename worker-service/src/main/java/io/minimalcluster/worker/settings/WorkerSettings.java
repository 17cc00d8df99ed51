package io.minimalcluster.worker.settings;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of a worker.
 *
 * @param name the displayed name; by default the host name and the process id
 * @param slots the number of tasks it runs at a time; by default the number of cores, more for tasks that mostly wait
 * @param labels properties that jobs can require
 * @param drain how long running tasks may continue during a graceful shutdown
 */
@ConfigurationProperties("minimalcluster.worker")
public record WorkerSettings(
        @Nullable String name,
        @Nullable Integer slots,
        @DefaultValue Map<String, String> labels,
        @DefaultValue("25s") Duration drain) {
    private static final int MAX_SLOTS = 1024;
    private static final int MAX_NAME_LENGTH = 200;

    public WorkerSettings {
        labels = Map.copyOf(labels);
        if (slots != null && (slots < 1 || slots > MAX_SLOTS)) {
            throw new IllegalArgumentException(
                    "minimalcluster.worker.slots is " + slots + ", allowed is 1 to " + MAX_SLOTS);
        }
        if (name != null && (name.isBlank() || name.length() > MAX_NAME_LENGTH || hasControl(name))) {
            throw new IllegalArgumentException("minimalcluster.worker.name is 1 to " + MAX_NAME_LENGTH
                    + " characters, and none of them a control character");
        }
        if (drain.isNegative() || drain.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("minimalcluster.worker.drain is " + drain + ", allowed is 0s to 1d");
        }
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /** The name to use. */
    public String nameOrDefault() {
        return name == null ? HostName.get() + "-" + ProcessHandle.current().pid() : name;
    }

    /** The slots to use. */
    public int slotsOrDefault() {
        return slots == null ? Runtime.getRuntime().availableProcessors() : slots;
    }
}
