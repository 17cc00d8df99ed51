package io.minimalcluster.client.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes numbers in place of Base64. */
final class ByteArrayWriter extends StdSerializer<byte[]> {
    ByteArrayWriter() {
        super(byte[].class);
    }

    @Override
    public void serialize(byte[] value, JsonGenerator out, SerializationContext context) {
        out.writeStartArray();
        for (byte number : value) {
            out.writeNumber((short) number);
        }
        out.writeEndArray();
    }
}
