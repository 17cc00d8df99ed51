package io.minimalcluster.worker.settings;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a worker is.
 *
 * @param name how people know it; by default its host's name and its process id
 * @param slots how many tasks it runs at a time; by default as many as there are cores, more are for tasks that wait
 * @param labels what jobs can ask for
 * @param drain how long what runs may go on when the worker is told to end
 */
@ConfigurationProperties("minimalcluster.worker")
public record WorkerSettings(
        @Nullable String name,
        @Nullable Integer slots,
        @DefaultValue Map<String, String> labels,
        @DefaultValue("25s") Duration drain) {
    private static final int MOST_SLOTS = 1024;
    private static final int LONGEST_NAME = 200;

    public WorkerSettings {
        labels = Map.copyOf(labels);
        if (slots != null && (slots < 1 || slots > MOST_SLOTS)) {
            throw new IllegalArgumentException(
                    "minimalcluster.worker.slots is " + slots + ", allowed is 1 to " + MOST_SLOTS);
        }
        if (name != null && (name.isBlank() || name.length() > LONGEST_NAME || hasControl(name))) {
            throw new IllegalArgumentException("minimalcluster.worker.name is 1 to " + LONGEST_NAME
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
