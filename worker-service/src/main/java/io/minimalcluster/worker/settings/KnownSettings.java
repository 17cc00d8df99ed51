package io.minimalcluster.worker.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The known settings under {@code minimalcluster.}, so that a misspelt setting is an error. Immutable. */
public final class KnownSettings {
    private static final String PREFIX = "minimalcluster.";
    private static final String VARIABLE_PREFIX = "MINIMALCLUSTER_";

    /** Environment variables of the launcher, the client and the compose file. */
    private static final Set<String> OTHER_VARIABLES = Set.of(
            "MINIMALCLUSTER_MASTER_OPTS",
            "MINIMALCLUSTER_WORKER_OPTS",
            "MINIMALCLUSTER_URL",
            "MINIMALCLUSTER_PORT",
            "MINIMALCLUSTER_CA_FILE");

    private final List<String> names;

    private KnownSettings(List<String> names) {
        this.names = List.copyOf(names);
    }

    /** The settings that are bound to records with {@code @ConfigurationProperties}. */
    public static KnownSettings of(Class<?>... records) {
        List<String> names = new ArrayList<>();
        for (Class<?> record : records) {
            names.addAll(SettingNames.of(record));
        }
        return new KnownSettings(names);
    }

    /**
     * Adds settings.
     *
     * @param more for example {@code minimalcluster.data}; a trailing {@code .*} matches anything, {@code [*]} an index
     */
    public KnownSettings and(String... more) {
        List<String> all = new ArrayList<>(names);
        all.addAll(List.of(more));
        return new KnownSettings(all);
    }

    /**
     * Checks that all settings are known.
     *
     * @throws IllegalArgumentException if a setting is unknown; names the setting, its source and the most similar
     *     known setting
     */
    public void check(ConfigurableEnvironment environment) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> listed) {
                boolean variable = source instanceof SystemEnvironmentPropertySource;
                for (String name : listed.getPropertyNames()) {
                    check(name, source.getName(), variable);
                }
            }
        }
    }

    private void check(String name, String source, boolean maybeVariable) {
        if (name.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
            check(name, source, KnownSettings::dotted);
        } else if (maybeVariable && name.startsWith(VARIABLE_PREFIX) && !OTHER_VARIABLES.contains(name)) {
            check(name, source, KnownSettings::normalized);
        }
    }

    private void check(String name, String source, UnaryOperator<String> form) {
        String given = form.apply(name);
        if (names.stream().noneMatch(fits(given, form))) {
            throw new IllegalArgumentException(
                    "unknown setting " + name + " in " + source + ": did you mean " + nearest(normalized(name)) + "?");
        }
    }

    private static Predicate<String> fits(String given, UnaryOperator<String> form) {
        return known -> {
            String pattern = form.apply(known);
            return pattern.endsWith("*")
                    ? given.startsWith(pattern.substring(0, pattern.length() - 1))
                    : given.equals(pattern);
        };
    }

    private String nearest(String given) {
        return names.stream()
                .min(Comparator.comparingInt(known -> EditDistance.between(given, normalized(known))))
                .orElse("no setting at all");
    }

    /** The normal form of a property name: without case, dashes, underscores and list indexes. */
    private static String dotted(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "").replaceAll("\\[[^\\]]*]", "[]");
    }

    /** The normal form of an environment variable: additionally without dots. */
    private static String normalized(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replaceAll("_\\d+(_|$)|\\[[^\\]]*]", "")
                .replaceAll("[-_.]", "");
    }
}
