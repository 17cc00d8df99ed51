package io.minimalcluster.client.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes a key of a map: a value whose JSON is a string as that string, another value as its JSON text. */
final class KeyWriter extends StdSerializer<Object> {
    KeyWriter() {
        super(Object.class);
    }

    @Override
    public void serialize(Object key, JsonGenerator out, SerializationContext context) {
        out.writeName(
                switch (key) {
                    case String text -> text;
                    case Enum<?> constant -> constant.name();
                    default -> ValueMapper.keyText(key);
                });
    }
}
