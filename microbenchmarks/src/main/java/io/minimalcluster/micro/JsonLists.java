package io.minimalcluster.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** JSON lists of arguments. */
final class JsonLists {
    static final int TEXT_BYTES = 100_000;

    private static final String WORDS = "the quick brown fox jumps over the lazy dog ";

    private JsonLists() {}

    static byte[] integers(int count) {
        return list(count, Integer::toString);
    }

    /** Strings of 100 KB. */
    static byte[] texts(int count) {
        String text = text();
        return list(count, _ -> text);
    }

    /** Objects with members of each kind of JSON. */
    static byte[] records(int count) {
        return list(
                count,
                i -> "{\"name\":\"item %d\",\"amount\":%d.25,\"isOpen\":%b,\"tags\":[\"a\",\"b\\n\"],\"next\":null}"
                        .formatted(i, i, i % 2 == 0));
    }

    static byte[] decimals(int count) {
        return list(count, i -> Double.toString(i / 7.0));
    }

    /** A list with a list as its only element. */
    static byte[] nested(byte[] list) {
        return ('[' + new String(list, UTF_8) + ']').getBytes(UTF_8);
    }

    private static String text() {
        return '"' + WORDS.repeat(TEXT_BYTES / WORDS.length() + 1).substring(0, TEXT_BYTES) + '"';
    }

    private static byte[] list(int count, IntFunction<String> element) {
        return IntStream.range(0, count)
                .mapToObj(element)
                .collect(Collectors.joining(",", "[", "]"))
                .getBytes(UTF_8);
    }
}
