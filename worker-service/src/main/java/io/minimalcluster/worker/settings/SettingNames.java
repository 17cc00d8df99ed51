package io.minimalcluster.worker.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Derives setting names from the records that they are bound to. */
final class SettingNames {
    private final List<String> names = new ArrayList<>();

    static List<String> of(Class<?> settings) {
        ConfigurationProperties properties = settings.getAnnotation(ConfigurationProperties.class);
        if (properties == null || !settings.isRecord()) {
            throw new IllegalArgumentException(settings + " is not a record with @ConfigurationProperties");
        }
        SettingNames found = new SettingNames();
        String prefix = properties.prefix().isEmpty() ? properties.value() : properties.prefix();
        found.addRecord(prefix, settings);
        return found.names;
    }

    private void addRecord(String prefix, Class<?> record) {
        for (RecordComponent component : record.getRecordComponents()) {
            add(prefix + "." + kebab(component.getName()), component.getGenericType());
        }
    }

    private void add(String name, Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            if (Map.class.isAssignableFrom(raw)) {
                names.addAll(List.of(name + ".*", name + "[*]"));
                return;
            }
            if (Collection.class.isAssignableFrom(raw)) {
                names.add(name); // comma-separated
                add(name + "[*]", generic.getActualTypeArguments()[0]);
                return;
            }
        }
        if (type instanceof Class<?> each && each.isRecord() && !isParsedFromText(each)) {
            addRecord(name, each);
        } else {
            names.add(name);
        }
    }

    /** Whether a type is parsed from a single text, such as a size. */
    private static boolean isParsedFromText(Class<?> type) {
        return List.of(type.getDeclaredMethods()).stream()
                .anyMatch(method -> method.getName().equals("valueOf")
                        && List.of(method.getParameterTypes()).equals(List.of(String.class)));
    }

    private static String kebab(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
