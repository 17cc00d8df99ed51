package io.minimalcluster.task.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.model.support.JsonLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
    @Test
    void yieldsElementsAsWritten() throws IOException {
        assertThat(
                        elements(
                                " [1, -2.5e3 ,\"a,]\\\"\" , [1,[2]],\n{\"a\":[{}],\"b\":{\"c\":null}},true,false,null,[],{} ] "))
                .containsExactly(
                        "1",
                        "-2.5e3",
                        "\"a,]\\\"\"",
                        "[1,[2]]",
                        "{\"a\":[{}],\"b\":{\"c\":null}}",
                        "true",
                        "false",
                        "null",
                        "[]",
                        "{}");
    }

    @Test
    void readsAStreamThatArrivesByteByByte() throws IOException {
        String text = "[" + "\"äöü€😀\",".repeat(30_000) + "12345]";
        JsonScanner scanner = JsonScanner.of(new OneByteAtATime(text.getBytes(UTF_8)), 100);
        scanner.enterArray();
        int count = 0;
        String last = "";
        while (scanner.nextElement()) {
            scanner.value();
            last = text(scanner);
            count++;
        }
        scanner.finish();
        assertThat(count).isEqualTo(30_001);
        assertThat(last).isEqualTo("12345");
    }

    @Test
    void walksIntoObjects() throws IOException {
        JsonScanner scanner = JsonScanner.of("{ \"a\" : 1 ,\"b\":[2,3], \"c\":{}}".getBytes(UTF_8));
        scanner.enterObject();
        List<String> seen = new ArrayList<>();
        for (String name = scanner.nextField(); name != null; name = scanner.nextField()) {
            JsonKind kind = scanner.value();
            seen.add(name + "=" + text(scanner) + " " + kind);
        }
        scanner.finish();
        assertThat(seen).containsExactly("a=1 INTEGER", "b=[2,3] ARRAY", "c={} OBJECT");
    }

    @Test
    void distinguishesIntegersFromOtherNumbers() throws IOException {
        assertThat(kinds("[0,-0,12,1.0,1e3,\"1\",[1.5],null,true]"))
                .containsExactly(
                        JsonKind.INTEGER,
                        JsonKind.INTEGER,
                        JsonKind.INTEGER,
                        JsonKind.DECIMAL,
                        JsonKind.DECIMAL,
                        JsonKind.STRING,
                        JsonKind.ARRAY,
                        JsonKind.NULL,
                        JsonKind.BOOLEAN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[01]",
                "[1.]",
                "[.5]",
                "[+1]",
                "[1e]",
                "[-]",
                "[--1]",
                "[NaN]",
                "[Infinity]",
                "[tru]",
                "[truex]",
                "[nul",
                "[\"a]",
                "[\"\t\"]",
                "[\"\\x\"]",
                "[\"\\u12g4\"]",
                "[\"\\ud800\"]",
                "[\"\\ud800\\u0041\"]",
                "[\"\\udc00\"]",
                "[{]}",
                "[{\"a\"}]",
                "[{\"a\":}]",
                "[{\"a\":1,}]",
                "[{a:1}]",
                "[{\"a\":1 \"b\":2}]",
                "[1}",
                "[1]]",
                "[1] 2",
                "[1]x",
                "\uFEFF[1]",
                "['a']",
                "[1/**/]",
                "[0x10]",
                "[1_000]"
            })
    void invalidJsonIsRejected(String text) {
        assertThatThrownBy(() -> elements(text)).isInstanceOf(JsonSyntaxException.class);
        assertThatThrownBy(() -> JsonScanner.of(text.getBytes(UTF_8)).enterObject())
                .isInstanceOf(JsonSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00ff",
                "\u00c0\u0080",
                "\u00ed\u00a0\u0080",
                "\u00f4\u0090\u0080\u0080",
                "\u00e2\u0082",
                "\u0080"
            })
    void invalidUtf8IsRejected(String bytes) {
        byte[] text = ("[\"" + bytes + "\"]").getBytes(ISO_8859_1);
        assertThatThrownBy(() -> scanAll(JsonScanner.of(text))).isInstanceOf(JsonSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "[1,%s]", "[%s,{}]", "[{},[[]],%s]"})
    void levelsCountFromTheValue(String envelope) throws IOException {
        assertThat(elements(envelope.formatted(nested(JsonLimits.MAX_DEPTH)))).contains(nested(JsonLimits.MAX_DEPTH));
        assertThatThrownBy(() -> elements(envelope.formatted(nested(JsonLimits.MAX_DEPTH + 1))))
                .isInstanceOf(JsonTooDeepException.class)
                .hasMessage("more than 400 levels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
    void endlessNestingIsRejected(String level) {
        assertThatThrownBy(() -> elements("[" + level.repeat(100_000))).isInstanceOf(JsonTooDeepException.class);
    }

    @Test
    void envelopeDoesNotCount() throws IOException {
        String args = nested(JsonLimits.MAX_DEPTH);
        JsonScanner scanner = JsonScanner.of(("{\"batches\":[{\"args\":[" + args + "]}]}").getBytes(UTF_8));
        scanner.enterObject();
        scanner.nextField();
        scanner.enterArray();
        scanner.nextElement();
        scanner.enterObject();
        scanner.nextField();
        scanner.enterArray();
        scanner.nextElement();
        scanner.value();
        assertThat(text(scanner)).isEqualTo(args);
    }

    private static String nested(int levels) {
        return "[".repeat(levels) + "]".repeat(levels);
    }

    @Test
    void tooLongNumbersAreRejected() throws IOException {
        assertThat(elements("[" + "9".repeat(JsonLimits.MAX_NUMBER_CHARS) + "]"))
                .hasSize(1);
        assertThatThrownBy(() -> elements("[" + "9".repeat(1_000_000) + "]")).isInstanceOf(JsonSyntaxException.class);
    }

    @Test
    void tooLongValueIsRejected() {
        byte[] text = ("[\"" + "x".repeat(1_000_000) + "\"]").getBytes(UTF_8);
        assertThatThrownBy(() -> scanAll(JsonScanner.of(new ByteArrayInputStream(text), 1_000)))
                .isInstanceOf(JsonTooLargeException.class);
        byte[] small = "[\"0123456789\"]".getBytes(UTF_8);
        assertThatThrownBy(() -> scanAll(JsonScanner.of(new ByteArrayInputStream(small), 11)))
                .isInstanceOf(JsonTooLargeException.class);
    }

    @Test
    void errorHasItsPosition() {
        assertThatThrownBy(() -> elements("[1,\n 2,\n  x]"))
                .isInstanceOfSatisfying(JsonSyntaxException.class, error -> {
                    assertThat(error.line()).isEqualTo(3);
                    assertThat(error.column()).isEqualTo(3);
                    assertThat(error).hasMessageContaining("unexpected 'x'");
                });
    }

    private static List<String> elements(String text) throws IOException {
        return scanAll(JsonScanner.of(new ByteArrayInputStream(text.getBytes(UTF_8)), 10_000_000));
    }

    private static List<String> scanAll(JsonScanner scanner) throws IOException {
        List<String> elements = new ArrayList<>();
        scanner.enterArray();
        while (scanner.nextElement()) {
            scanner.value();
            elements.add(text(scanner));
        }
        scanner.finish();
        return elements;
    }

    private static List<JsonKind> kinds(String text) throws IOException {
        List<JsonKind> kinds = new ArrayList<>();
        JsonScanner scanner = JsonScanner.of(text.getBytes(UTF_8));
        scanner.enterArray();
        while (scanner.nextElement()) {
            kinds.add(scanner.value());
        }
        return kinds;
    }

    private static String text(JsonScanner scanner) {
        return new String(scanner.bytes(), scanner.start(), scanner.end() - scanner.start(), UTF_8);
    }

    private static final class OneByteAtATime extends InputStream {
        private final byte[] bytes;
        private int next;

        OneByteAtATime(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return next < bytes.length ? bytes[next++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int from, int length) {
            if (next == bytes.length) {
                return -1;
            }
            target[from] = bytes[next++];
            return 1;
        }
    }

    /** Most requests are small, and each has a scanner. */
    @Test
    void smallStreamTakesLittleMemory() throws IOException {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] json = "[1]".getBytes(StandardCharsets.UTF_8);
        JsonScanner.of(new ByteArrayInputStream(json), 100).value(); // loads the classes
        long before = threads.getCurrentThreadAllocatedBytes();

        JsonScanner.of(new ByteArrayInputStream(json), 100).value();

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(8 * 1024);
    }

    @Test
    void windowGrowsToLargeReads() throws IOException {
        List<Integer> reads = new ArrayList<>();
        InputStream zeros = new InputStream() {
            private int left = 1_000_000;

            @Override
            public int read() {
                throw new AssertionError("byte by byte");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                reads.add(length);
                int count = Math.min(left, length);
                Arrays.fill(bytes, offset, offset + count, (byte) ' ');
                left -= count;
                return count == 0 ? -1 : count;
            }
        };
        JsonScanner scanner = JsonScanner.of(zeros, 100);

        assertThatThrownBy(scanner::value).isInstanceOf(JsonSyntaxException.class);
        assertThat(reads).hasSizeLessThan(30).contains(64 * 1024);
    }
}
