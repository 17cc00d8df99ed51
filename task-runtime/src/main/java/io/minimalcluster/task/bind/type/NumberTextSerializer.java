package io.minimalcluster.task.bind.type;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.task.bind.error.NotSerializable;
import io.minimalcluster.task.json.JsonKind;
import io.minimalcluster.task.json.JsonScanner;
import io.minimalcluster.task.json.JsonSyntaxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes a user's subclass of {@code Number} by its text, which must be a JSON number. */
final class NumberTextSerializer extends StdSerializer<Number> {
    NumberTextSerializer() {
        super(Number.class);
    }

    @Override
    public void serialize(Number value, JsonGenerator generator, SerializationContext context) {
        String text = value.toString();
        if (text == null || !isNumber(text)) {
            throw new NotSerializable("it is a " + value.getClass().getTypeName()
                    + ", whose text is no JSON number; give back a BigDecimal, a string or a record");
        }
        generator.writeNumber(text);
    }

    private static boolean isNumber(String text) {
        JsonScanner scanner = JsonScanner.of(text.getBytes(UTF_8));
        try {
            JsonKind kind = scanner.value();
            scanner.finish();
            return (kind == JsonKind.INTEGER || kind == JsonKind.DECIMAL) && text.equals(text.strip());
        } catch (JsonSyntaxException _) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // unreachable: the text is in memory
        }
    }
}
