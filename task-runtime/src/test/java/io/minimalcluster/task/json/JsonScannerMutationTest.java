package io.minimalcluster.task.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.minimalcluster.task.Mutations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

class JsonScannerMutationTest {
    private static final int SAMPLES = 40_000;
    private static final byte[] GENERAL = {}; // no room for the lengths of a block
    private static final List<String> VALID = List.of(
            "[1,-2.5e+10,\"a\\u00e9\\n\",[],{},[null,true,false],{\"a\":{\"b\":[\"\\ud83d\\ude00\"]}}]",
            "[[[[[[[[1]]]]]]],\"äöü😀\",0.1,1E400]",
            "[ {\"x\" : 1 , \"y\" : \"\\\\\" } ,\t\"\"\n]");

    private static final List<String> PLAIN = List.of(
            "[1,-2.5e+10,\"abc\",null,true,false,0,-0,12345678901234567890,1E4,\"\"]",
            "[0.5,1e-7,[1,2,[true,\"x\",3],4],{\"a\":[1,2,3]},\"" + "y".repeat(130) + "\",7]",
            "[\"äöü\",\"a\\n\",1 ,2,\n3]");

    private static final List<String> LINES = List.of(
            "1\n-2\n0\n123456789012345678\n1234567890123456789\n4\n",
            "\n1\n\n2\r\n3\n[4,5]\n 6\n7",
            "1\n2\n\"a\"\n3.5\n01\n4\n");

    private final ObjectMapper jackson = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The scanner accepts JSON only, and reports other input by its own exceptions. */
    @Test
    void acceptsOnlyJsonAndFailsOnlyByItsOwnExceptions() throws IOException {
        long seed = 20_261_129;
        Mutations mutations = new Mutations(seed);
        int accepted = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            byte[] bytes = mutations.of(VALID.get(sample % VALID.size()).getBytes(UTF_8));
            boolean isAccepted = isAccepted(
                    sample % 2 == 0 ? JsonScanner.of(bytes) : JsonScanner.of(new ByteArrayInputStream(bytes), 1 << 16));
            accepted += isAccepted ? 1 : 0;
            if (isAccepted && !isJson(bytes)) {
                fail("seed %d, sample %d is no JSON: %s", seed, sample, new String(bytes, UTF_8));
            }
        }
        assertThat(accepted).isBetween(100, SAMPLES - 100);
    }

    /** Blocks of plain scalars give the elements, and the end, that the general way gives. */
    @Test
    void plainScalarsAreTheElementsOfTheGeneralWay() throws IOException {
        compareWithBlocks(20_261_130, PLAIN, "", SAMPLES, JsonScannerMutationTest::elements);
    }

    @Test
    void integerLinesAreTheLinesOfTheGeneralWay() throws IOException {
        compareWithBlocks(20_261_131, LINES, "", SAMPLES, JsonScannerMutationTest::lines);
    }

    /** The prefix is longer than the buffer, which grows and moves its content. */
    @Test
    void longTextsAreReadAlike() throws IOException {
        compareWithBlocks(20_261_135, PLAIN, "[" + "123456,".repeat(10_000), 100, JsonScannerMutationTest::elements);
        compareWithBlocks(20_261_133, LINES, "123456\n".repeat(10_000), 100, JsonScannerMutationTest::lines);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 126, 127, 128, 129})
    void limitOfAValueHoldsInBlocks(int maxValueBytes) throws IOException {
        String text =
                IntStream.rangeClosed(120, 132).mapToObj("7"::repeat).collect(Collectors.joining(",", "[1,", "]"));

        assertThat(elements(JsonScanner.of(new ByteArrayInputStream(text.getBytes(UTF_8)), maxValueBytes), new byte[4]))
                .isEqualTo(elements(
                        JsonScanner.of(new ByteArrayInputStream(text.getBytes(UTF_8)), maxValueBytes), GENERAL));
    }

    @Test
    void integersOfTooManyDigitsAreLeftToTheGeneralWay() throws IOException {
        JsonScanner scanner = JsonScanner.of("[1,-12,123,4]".getBytes(UTF_8));
        byte[] lengths = new byte[9];
        scanner.enterArray();

        assertThat(scanner.nextIntegers(lengths, 2)).isEqualTo(2);
        assertThat(text(scanner, scanner.start(), scanner.end())).isEqualTo("1,-12");
        assertThat(scanner.nextIntegers(lengths, 2)).isZero();
        assertThat(scanner.nextElement()).isTrue();
        scanner.value();
        assertThat(scanner.nextIntegers(lengths, 2)).isEqualTo(1);
    }

    @Test
    void blocksAreOnlyReadFromArrays() throws IOException {
        JsonScanner scanner = JsonScanner.of("{1,2}".getBytes(UTF_8));
        scanner.enterObject();

        assertThat(scanner.nextScalars(new byte[9])).isZero();
    }

    @Test
    void elementsAreCountedToTheEndOfTheArray() throws IOException {
        JsonScanner scanner = JsonScanner.of("[[1,\"a\",[2,3], null],[],[4]]".getBytes(UTF_8));
        scanner.enterArray();
        List<Integer> counts = new ArrayList<>();
        while (scanner.nextElement()) {
            scanner.enterArray();
            counts.add(scanner.countElements());
        }
        scanner.finish();

        assertThat(counts).containsExactly(4, 0, 1);
    }

    /** Reads a text. Reads blocks if there is room for lengths. */
    private interface Reading {
        List<String> of(JsonScanner scanner, byte[] lengths) throws IOException;
    }

    private static void compareWithBlocks(long seed, List<String> texts, String prefix, int samples, Reading reading)
            throws IOException {
        Mutations mutations = new Mutations(seed);
        int accepted = 0;
        for (int sample = 0; sample < samples; sample++) {
            byte[] mutated = mutations.of(texts.get(sample % texts.size()).getBytes(UTF_8));
            int from = prefix.startsWith("[") ? Math.min(1, mutated.length) : 0; // the prefix opens the array
            byte[] bytes = (prefix + new String(mutated, from, mutated.length - from, ISO_8859_1)).getBytes(ISO_8859_1);
            List<String> expected = reading.of(JsonScanner.of(bytes), GENERAL);
            for (int pieces : new int[] {prefix.isEmpty() ? 1 : 5_000, 7, 1 << 16}) {
                InputStream in = new ShortReads(bytes, pieces);
                assertThat(reading.of(JsonScanner.of(in, 1 << 16), new byte[1 + sample % 5]))
                        .as("seed %d, sample %d: %s", seed, sample, new String(mutated, UTF_8))
                        .isEqualTo(expected);
            }
            accepted += expected.getLast().isEmpty() ? 1 : 0;
        }
        assertThat(accepted).isBetween(Math.max(1, samples / 400), samples - Math.max(1, samples / 400));
    }

    /** The values of all lines, and then the error or an empty text. Reads blocks if there is room for lengths. */
    private static List<String> lines(JsonScanner scanner, byte[] lengths) throws IOException {
        List<String> found = new ArrayList<>();
        try {
            while (true) {
                int block = scanner.nextIntegerLines(lengths, 18);
                if (block > 0) {
                    addBlock(found, scanner, lengths, block);
                } else if (scanner.nextLine()) {
                    scanner.value();
                    found.add(text(scanner, scanner.start(), scanner.end()));
                } else {
                    break;
                }
            }
            found.add("");
        } catch (JsonSyntaxException | JsonTooLargeException failure) {
            found.add(failure.getMessage() + " in line " + scanner.line());
        }
        return found;
    }

    /** The elements, and then the error or an empty text. Reads blocks if there is room for lengths. */
    private static List<String> elements(JsonScanner scanner, byte[] lengths) throws IOException {
        List<String> found = new ArrayList<>();
        try {
            scanner.enterArray();
            while (true) {
                int block = scanner.nextScalars(lengths);
                if (block > 0) {
                    addBlock(found, scanner, lengths, block);
                } else if (scanner.nextElement()) {
                    scanner.value();
                    found.add(text(scanner, scanner.start(), scanner.end()));
                } else {
                    break;
                }
            }
            scanner.finish();
            found.add("");
        } catch (JsonSyntaxException | JsonTooLargeException failure) {
            found.add(String.valueOf(failure.getMessage()));
        }
        return found;
    }

    private static void addBlock(List<String> found, JsonScanner scanner, byte[] lengths, int count) {
        int start = scanner.start();
        for (int i = 0; i < count; i++) {
            found.add(text(scanner, start, start + lengths[i]));
            start += lengths[i] + 1;
        }
        assertThat(start - 1).isEqualTo(scanner.end());
    }

    private static String text(JsonScanner scanner, int start, int end) {
        return new String(scanner.bytes(), start, end - start, UTF_8);
    }

    /** A stream that returns few bytes at a time. */
    private static final class ShortReads extends ByteArrayInputStream {
        private final int most;

        ShortReads(byte[] bytes, int most) {
            super(bytes);
            this.most = most;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, most));
        }
    }

    private static boolean isAccepted(JsonScanner scanner) throws IOException {
        try {
            scanner.enterArray();
            while (scanner.nextElement()) {
                scanner.value();
                assertThat(scanner.end()).isGreaterThan(scanner.start());
            }
            scanner.finish();
            return true;
        } catch (JsonSyntaxException | JsonTooLargeException _) {
            return false;
        }
    }

    private boolean isJson(byte[] bytes) {
        try {
            return jackson.readTree(bytes).isArray();
        } catch (JacksonException e) {
            return false;
        }
    }
}
