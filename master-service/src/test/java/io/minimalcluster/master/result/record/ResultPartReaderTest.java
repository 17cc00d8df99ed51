package io.minimalcluster.master.result.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.http.json.LenientJson;
import io.minimalcluster.master.http.json.TestJson;
import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.task.json.JsonSyntaxException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Parsing of result parts from workers that may be newer, older, faulty or hostile. */
class ResultPartReaderTest {
    private static final int MAX_RESULT = 100;

    private static ResultPart read(String body) throws IOException {
        return read(body, MAX_RESULT);
    }

    private static ResultPart read(String body, int maxResultBytes) throws IOException {
        return new ResultPartReader(
                        new LenientJson(TestJson.STRICT),
                        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                        maxResultBytes)
                .read();
    }

    private static String text(ResultPart part, long index) {
        return new String(Objects.requireNonNull(part.values()).value(index), StandardCharsets.UTF_8);
    }

    @Test
    void fieldsAreAcceptedInAnyOrderAndUnknownFieldsIgnored() throws IOException {
        ResultPart part = read("""
                {"done":true,"values":[ 1 ,"a,]b",null,{"x":[2]}],"new":{"deep":[1,{}]},"micros":[5,6,7,8],"count":4,
                 "errors":[{"index":12,"kind":"timeout","type":"T","message":"m","stackTrace":["f"],"attempts":1,"n":0}],
                 "output":[{"index":11,"text":"hi","truncated":false,"n":0}],"first":10}
                """);
        assertThat(part.done()).isTrue();
        assertThat(part.range().first()).isEqualTo(10);
        assertThat(part.range().last()).isEqualTo(14);
        assertThat(text(part, 11)).isEqualTo("\"a,]b\"");
        assertThat(text(part, 13)).isEqualTo("{\"x\":[2]}");
        assertThat(part.errors()).containsOnlyKeys(12L);
        assertThat(part.nanos()).isEqualTo(26_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {MAX_RESULT, 200})
    void manyShortValuesAreReadBesideOtherValues(int maxResultBytes) throws IOException {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            expected.add(
                    List.of("0", "-1.5e-7", "null", "true", "\"plain\"", "\"ä\\n\"", "[1,[2]]", "12345678901234567890")
                            .get(i % 1_500 < 1_400 ? i % 5 : i % 8));
        }
        expected.set(4_321, "\"" + "x".repeat(maxResultBytes) + "\"");

        ResultPart part = read(
                "{\"first\":0,\"count\":5000,\"done\":true,\"values\":[" + String.join(",", expected) + "]}",
                maxResultBytes);

        expected.set(4_321, "null");
        assertThat(IntStream.range(0, 5_000).mapToObj(i -> text(part, i))).isEqualTo(expected);
        assertThat(part.errors()).containsOnlyKeys(4_321L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"first\":7,\"count\":0,\"done\":true}",
                "{\"first\":7,\"count\":0,\"values\":[],\"errors\":[],\"micros\":[],\"output\":[],\"done\":true}",
                "{\"first\":0,\"count\":0,\"micros\":[3],\"done\":true}"
            })
    void partWithoutTasksIsAccepted(String body) throws IOException {
        ResultPart part = read(body);
        assertThat(part.values()).isNull();
        assertThat(part.range().count()).isZero();
        assertThat(part.done()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"first\":0}",
                "{\"count\":0}",
                "{\"first\":null,\"count\":1,\"values\":[1]}",
                "{\"first\":0,\"count\":null,\"values\":[1]}",
                "{\"first\":-1,\"count\":1,\"values\":[1]}",
                "{\"first\":0,\"count\":-1,\"values\":[]}",
                "{\"first\":9223372036854775807,\"count\":1,\"values\":[1]}",
                "{\"first\":9223372036854775806,\"count\":2,\"values\":[1,2]}",
                "{\"first\":9223372036854775808,\"count\":1,\"values\":[1]}",
                "{\"first\":0,\"count\":2147483648,\"values\":[1]}",
                "{\"first\":\"x\",\"count\":1,\"values\":[1]}",
                "{\"first\":0,\"count\":2,\"values\":[1]}",
                "{\"first\":0,\"count\":1,\"values\":[1,2]}",
                "{\"first\":0,\"count\":1}",
                "{\"first\":0,\"count\":1,\"values\":[1],\"values\":[2]}",
                "{\"first\":0,\"first\":0,\"count\":1,\"values\":[1]}",
                "{\"first\":0,\"count\":1,\"values\":[1],\"errors\":null}",
                "{\"first\":0,\"count\":1,\"values\":[1],\"errors\":[null]}",
                "{\"first\":0,\"count\":1,\"values\":[1],\"errors\":{}}",
                "{\"first\":0,\"count\":1,\"values\":[null],\"errors\":[{\"index\":0,\"attempts\":1}]}",
                "{\"first\":0,\"count\":1,\"values\":[null],\"errors\":[{\"index\":0,\"kind\":null,\"attempts\":1}]}",
                "{\"first\":0,\"count\":1,\"values\":[null],\"errors\":[{\"index\":0,\"kind\":\"evil\",\"attempts\":1}]}",
                "{\"first\":0,\"count\":1,\"values\":[null],\"errors\":[{\"index\":1,\"kind\":\"crash\",\"attempts\":1}]}",
                "{\"first\":3,\"count\":1,\"values\":[null],\"errors\":[{\"index\":-1,\"kind\":\"crash\",\"attempts\":1}]}",
                "{\"first\":0,\"count\":1,\"values\":[7],\"errors\":[{\"index\":0,\"kind\":\"crash\",\"attempts\":1}]}",
                "{\"first\":0,\"count\":1,\"values\":[null],\"errors\":[{\"index\":0,\"kind\":\"crash\",\"attempts\":1},"
                        + "{\"index\":0,\"kind\":\"crash\",\"attempts\":1}]}",
                "{\"first\":0,\"count\":0,\"errors\":[{\"index\":0,\"kind\":\"crash\",\"attempts\":1}]}",
                "{\"first\":0,\"count\":1,\"values\":[1],\"micros\":null}",
                "{\"first\":0,\"count\":1,\"values\":[1],\"micros\":[1,2]}",
                "{\"first\":0,\"count\":1,\"values\":[1],\"micros\":[\"x\"]}",
                "{\"first\":0,\"count\":1,\"values\":[1],\"output\":null}",
                "{\"first\":0,\"count\":1,\"values\":[1],\"output\":[null]}",
                "{\"first\":0,\"count\":1,\"values\":[1],\"output\":[{\"index\":1,\"text\":\"\",\"truncated\":false}]}",
                "{\"first\":0,\"count\":1,\"values\":[1],\"done\":null}",
                "{\"first\":0,\"count\":1,\"values\":[1],\"done\":7}",
            })
    void invalidPartIsMalformed(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(MasterException.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"first\":0,\"count\":1,\"values\":[1]",
                "{\"first\":0,\"count\":1,\"values\":[1]} x",
                "{\"first\":0,\"count\":1,\"values\":[1,]}",
                "{\"first\":0,\"count\":1,\"values\":[01]}",
                "{\"first\":0,\"count\":1,\"values\":[NaN]}",
                "{\"first\":0,\"count\":1,\"values\":[\"\\ud800\"]}",
                "{\"first\":0,\"count\":1,\"values\":[1 2]}",
                "{\"first\":0,\"count\":1,\"values\":null}",
                "{\"first\":0,\"count\":1,\"values\":\"1\"}",
            })
    void invalidJsonIsRejectedWithItsPosition(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(JsonSyntaxException.class);
    }

    @Test
    void valueAboveTheLimitFailsOnlyItsTask() throws IOException {
        String longValue = "\"" + "x".repeat(MAX_RESULT) + "\"";
        ResultPart part = read("{\"values\":[1," + longValue + ",3],\"first\":5,\"count\":3}");
        assertThat(part.errors()).containsOnlyKeys(6L);
        assertThat(Objects.requireNonNull(part.errors().get(6L)).kind()).isEqualTo(ErrorKind.RESULT_TOO_LARGE);
        assertThat(text(part, 5)).isEqualTo("1");
        assertThat(text(part, 6)).isEqualTo("null");
        assertThat(text(part, 7)).isEqualTo("3");
    }

    @Test
    void impossibleTimesAreClamped() throws IOException {
        assertThat(read("{\"first\":0,\"count\":2,\"values\":[1,2],\"micros\":[-5,7]}")
                        .nanos())
                .isEqualTo(7_000);
        assertThat(read("{\"first\":0,\"count\":2,\"values\":[1,2],"
                                + "\"micros\":[9223372036854775807,9223372036854775807]}")
                        .nanos())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void longErrorIsTruncatedToValidUtf8() throws IOException {
        String text = "😀".repeat(20_000);
        ResultPart part =
                read("{\"first\":0,\"count\":1,\"values\":[null],\"errors\":[{\"index\":0,\"kind\":\"exception\","
                        + "\"type\":\"" + text + "\",\"message\":\"x" + text + "\",\"stackTrace\":[null,\"" + text
                        + "\"],\"attempts\":1}]}");
        IndexedError error = Objects.requireNonNull(part.errors().get(0L));
        assertThat(JsonMapper.shared().writeValueAsBytes(error)).hasSizeLessThan(100_000);
        assertThat(error.message()).endsWith("…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"first\":3,\"count\":4,\"refused\":\"why\"}",
                "{\"first\":3,\"count\":0,\"values\":[],\"refused\":\" why\\n\",\"done\":true}",
                "{\"refused\":\"why\"}"
            })
    void refusalNeedsNoValues(String body) throws IOException {
        ResultPart part = read(body);
        assertThat(part.refused()).isEqualTo("why");
        assertThat(part.done()).isTrue();
    }

    @Test
    void valueMayHaveAsManyLevelsAsAnArgument() throws IOException {
        String deepest = "[".repeat(400) + "]".repeat(400);
        ResultPartReader reader = new ResultPartReader(
                new LenientJson(TestJson.STRICT),
                new ByteArrayInputStream(
                        ("{\"first\":0,\"count\":1,\"values\":[" + deepest + "]}").getBytes(StandardCharsets.UTF_8)),
                1_000_000);
        assertThat(text(reader.read(), 0)).isEqualTo(deepest);
        assertThatThrownBy(() -> read("{\"first\":0,\"count\":1,\"values\":[[" + deepest + "]]}"))
                .isInstanceOf(JsonSyntaxException.class);
    }
}
