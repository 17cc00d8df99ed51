package io.minimalcluster.worker.settings;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of a worker.
 *
 * @param name the displayed name; by default the host name and the process id, or in a container with its id as host
 *     name {@code worker-} and the first six digits of the id
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
    public static final int MAX_SLOTS = 1024;

    private static final Pattern CONTAINER_ID = Pattern.compile("[0-9a-f]{12}");
    private static final int MAX_NAME_LENGTH = 200;

    public WorkerSettings {
        labels = Map.copyOf(labels);
        SettingCheck.range("minimalcluster.worker.slots", slots, 1, MAX_SLOTS);
        SettingCheck.range("minimalcluster.worker.drain", drain, Duration.ZERO, Duration.ofDays(1));
        if (name != null && (name.isBlank() || name.length() > MAX_NAME_LENGTH || hasControl(name))) {
            throw new IllegalArgumentException("minimalcluster.worker.name must be 1 to " + MAX_NAME_LENGTH
                    + " characters, and none of them a control character");
        }
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /** The name to use. */
    public String nameOrDefault() {
        return name == null
                ? defaultName(HostName.get(), ProcessHandle.current().pid())
                : name;
    }

    static String defaultName(String host, long process) {
        return CONTAINER_ID.matcher(host).matches() ? "worker-" + host.substring(0, 6) : host + "-" + process;
    }

    /** The slots to use. */
    public int slotsOrDefault() {
        return slots == null ? Runtime.getRuntime().availableProcessors() : slots;
    }
}
