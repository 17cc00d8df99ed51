package io.minimalcluster.task.bind.type;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import io.minimalcluster.task.bind.error.NotSerializable;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes a key of a map: a value whose JSON is a string as that string, another value as its JSON text. A null key is
 * an error, and so are two keys with the same text.
 */
final class KeyTextSerializer extends StdSerializer<Object> {
    KeyTextSerializer() {
        super(Object.class);
    }

    /** The names written so far, kept as the current value of the generator's object. */
    private record Names(Set<String> names) {}

    @Override
    public void serialize(@Nullable Object key, JsonGenerator generator, SerializationContext context) {
        String name = switch (key) {
            case null -> throw nullKey();
            case String text -> text;
            case Integer number -> number.toString();
            case Long number -> number.toString();
            case Enum<?> constant -> constant.name();
            default -> text(key);
        };
        if (!names(generator).add(name)) {
            throw new NotSerializable(
                    "a map has two keys that are written as \"" + ArgumentMismatch.shorten(name, 60) + "\"");
        }
        generator.writeName(name);
    }

    private static Set<String> names(JsonGenerator generator) {
        if (generator.currentValue() instanceof Names(Set<String> names)) {
            return names;
        }
        Set<String> names = new HashSet<>();
        generator.assignCurrentValue(new Names(names));
        return names;
    }

    private static String text(Object key) {
        String json = StrictJson.MAPPER.writeValueAsString(key);
        if (json.equals("null")) {
            throw nullKey();
        }
        return json.startsWith("\"") ? StrictJson.MAPPER.readValue(json, String.class) : json;
    }

    private static NotSerializable nullKey() {
        return new NotSerializable("a map has a null key");
    }
}
