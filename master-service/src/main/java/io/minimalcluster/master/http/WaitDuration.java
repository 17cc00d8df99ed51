package io.minimalcluster.master.http;

import io.minimalcluster.master.error.MasterException.Malformed;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code wait} parameter of a long poll: {@code 30s}, {@code 500ms}, {@code 2m}.
 *
 * @param duration at most {@link #MAX}
 */
public record WaitDuration(Duration duration) {
    /** Upper bound of a wait; longer values are reduced to it. Proxies often close idle connections after a minute. */
    public static final Duration MAX = Duration.ofSeconds(50);

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h)");

    /** Parses the parameter {@code wait}; null means zero. */
    public static WaitDuration of(@Nullable String text) {
        if (text == null) {
            return new WaitDuration(Duration.ZERO);
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw Malformed.field("wait", "wait is a duration such as 30s, 500ms or 2m.");
        }
        long amount = Long.parseLong(form.group(1));
        Duration duration = switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
        return new WaitDuration(duration.compareTo(MAX) > 0 ? MAX : duration);
    }
}
