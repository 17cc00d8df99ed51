package io.minimalcluster.master.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentTest {
    private static final int[] LENGTHS = {1, 2, 5, 127, 128, 300, 16_383, 16_384, 20_000};

    private static Segment of(long first, List<String> values) {
        SegmentBuilder builder = new SegmentBuilder(first);
        for (String value : values) {
            byte[] bytes = ("<" + value + ">").getBytes(StandardCharsets.US_ASCII);
            builder.add(bytes, 1, bytes.length - 1);
        }
        return builder.build();
    }

    private static List<String> values(Random random, int count) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            char letter = (char) ('a' + random.nextInt(26));
            values.add(String.valueOf(letter).repeat(LENGTHS[random.nextInt(LENGTHS.length)]));
        }
        return values;
    }

    private static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void segmentReturnsValuesAndSlices(long seed) {
        Random random = new Random(seed);
        List<String> values = values(random, 1 + random.nextInt(60));
        long first = random.nextLong(1_000_000_000);
        Segment segment = of(first, values);
        assertThat(segment.end()).isEqualTo(first + values.size());
        assertThat(segment.data()).hasSize(String.join(",", values).length());
        for (int from = 0; from < values.size(); from++) {
            byte[] value = segment.value(first + from);
            assertThat(text(value, 0, value.length)).isEqualTo(values.get(from));
            int to = from + 1 + random.nextInt(values.size() - from);
            Segment.Slice slice = segment.slice(first + from, first + to);
            assertThat(text(slice.bytes(), slice.offset(), slice.length()))
                    .isEqualTo(String.join(",", values.subList(from, to)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7})
    void cursorVisitsAllValues(long seed) {
        List<String> values = values(new Random(seed), 40);
        Segment segment = of(100, values);
        Segment.Values cursor = segment.values();
        List<String> found = new ArrayList<>();
        while (cursor.next()) {
            assertThat(cursor.index()).isEqualTo(100 + found.size());
            found.add(text(segment.data(), cursor.start(), cursor.end() - cursor.start()));
        }
        assertThat(found).isEqualTo(values);
        assertThat(cursor.next()).isFalse();
    }

    @Test
    void valueMayBeLongerThanAFullSegment() {
        String large = "x".repeat(3 * 1024 * 1024);
        Segment segment = of(7, List.of("1", large, "2"));
        assertThat(segment.value(8)).hasSize(large.length());
        assertThat(segment.value(9)).containsExactly('2');
        Segment.Slice tail = segment.slice(8, 10);
        assertThat(tail.length()).isEqualTo(large.length() + 2);
        assertThat(tail.bytes()[tail.offset() + tail.length() - 1]).isEqualTo((byte) '2');
    }

    @Test
    void builderIsFullAtAQuarterOfAMebibyte() {
        SegmentBuilder builder = new SegmentBuilder(0);
        byte[] kibibyte = new byte[1024];
        while (!builder.isFull()) {
            builder.add(kibibyte, 0, kibibyte.length);
        }
        assertThat(builder.end()).isEqualTo(256);
        assertThat(builder.isEmpty()).isFalse();
    }

    @Test
    void shortValuesTakeOneByteOfLength() {
        assertThat(of(0, List.of("1", "22", "333")).lengths()).containsExactly(1, 2, 3);
    }

    @Test
    void varintLengthsRoundTrip() {
        VarintLengths.Writer writer = new VarintLengths.Writer();
        Random random = new Random(1);
        List<Integer> lengths = new ArrayList<>(List.of(0, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152));
        lengths.add(Integer.MAX_VALUE);
        for (int i = 0; i < 10_000; i++) {
            lengths.add(random.nextInt() >>> (1 + random.nextInt(31)));
        }
        lengths.forEach(writer::add);
        VarintLengths.Reader reader = new VarintLengths.Reader(writer.toBytes());
        lengths.forEach(length -> assertThat(reader.next()).isEqualTo(length));
    }
}
