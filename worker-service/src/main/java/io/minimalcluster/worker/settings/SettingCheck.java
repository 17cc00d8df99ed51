package io.minimalcluster.worker.settings;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;

/** Checks the bounds of settings, with messages of one form. */
public final class SettingCheck {
    private SettingCheck() {}

    /**
     * Checks that a setting is within its bounds. An absent value passes.
     *
     * @throws IllegalArgumentException if it is not; names the setting
     */
    public static <T extends Comparable<? super T>> void range(String setting, @Nullable T value, T least, T most) {
        range(setting, value, least, most, text(most));
    }

    /** Checks a setting whose upper bound depends on another one, which {@code mostText} names. */
    public static <T extends Comparable<? super T>> void range(
            String setting, @Nullable T value, T least, T most, String mostText) {
        if (value != null && (value.compareTo(least) < 0 || value.compareTo(most) > 0)) {
            throw new IllegalArgumentException(
                    setting + " must be between " + text(least) + " and " + mostText + ", but is " + text(value));
        }
    }

    private static String text(Object value) {
        return value instanceof Duration
                ? value.toString().substring("PT".length()).toLowerCase(Locale.ROOT)
                : value.toString();
    }

    /** The reason why settings cannot be bound, in one line that names the setting. */
    public static String reason(BindException failure) {
        String message = rootMessage(failure);
        String name = failure.getName().toString();
        return message.contains(name) ? message : name + ": " + message;
    }

    /** The message of the first cause. */
    public static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
