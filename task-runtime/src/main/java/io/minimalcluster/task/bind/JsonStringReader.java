package io.minimalcluster.task.bind;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** Reads strings. Strings without escapes are decoded directly from the bytes. */
final class JsonStringReader {
    private JsonStringReader() {}

    static @Nullable String toText(JsonElement element) {
        if (element.first() == '"') {
            return read(element);
        }
        if (element.isNull()) {
            return null;
        }
        throw ScalarReader.mismatch("a String needs a string", element);
    }

    /** Reads an element that is known to be a string. */
    static String read(JsonElement element) {
        for (int at = element.from; at < element.to; at++) {
            if (element.bytes[at] == '\\') {
                return (String) JacksonReader.TEXT.read(element);
            }
        }
        return new String(element.bytes, element.from + 1, element.to - element.from - 2, UTF_8);
    }
}
