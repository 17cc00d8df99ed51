package io.minimalcluster.client.cli.output;

import java.io.InputStream;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Copies the elements of a JSON array to one line each while it reads them, and preserves all digits. */
final class ValueLineWriter {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ValueLineWriter() {}

    static void copy(InputStream array, OutputStream out) {
        boolean any = false;
        try (JsonParser parser = JSON.createParser(array);
                JsonGenerator lines = JSON.writer()
                        .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                        .withRootValueSeparator("\n")
                        .createGenerator(out)) {
            parser.nextToken();
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                lines.copyCurrentStructureExact(parser);
                any = true;
            }
            if (any) {
                lines.writeRaw('\n');
            }
        }
    }
}
