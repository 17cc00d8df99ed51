package io.minimalcluster.task.bind.type;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes a byte array as an array of numbers instead of Base64. */
final class ByteArraySerializer extends StdSerializer<byte[]> {
    ByteArraySerializer() {
        super(byte[].class);
    }

    @Override
    public void serialize(byte[] bytes, JsonGenerator generator, SerializationContext context) {
        generator.writeStartArray(bytes, bytes.length);
        for (byte b : bytes) {
            generator.writeNumber((int) b);
        }
        generator.writeEndArray();
    }
}
