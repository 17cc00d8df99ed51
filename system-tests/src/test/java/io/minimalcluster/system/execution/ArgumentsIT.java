package io.minimalcluster.system.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.Json;
import io.minimalcluster.system.harness.UseShared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@UseShared(Cluster.class)
class ArgumentsIT {
    private static final String SOURCE = """
            import java.math.*;
            import java.time.*;
            import java.util.function.*;

            byte ofByte(byte x) { return x; }
            short ofShort(short x) { return x; }
            int ofInt(int x) { return x; }
            long ofLong(long x) { return x; }
            float ofFloat(float x) { return x; }
            double ofDouble(double x) { return x; }
            boolean ofBoolean(boolean x) { return !x; }
            char ofChar(char x) { return x; }
            Integer ofBox(Integer x) { return x; }
            String ofString(String x) { return x; }
            BigInteger ofBigInteger(BigInteger x) { return x.add(BigInteger.ONE); }
            BigDecimal ofBigDecimal(BigDecimal x) { return x; }
            enum Colour { RED, GREEN }
            Colour ofEnum(Colour x) { return x; }
            LocalDate ofDate(LocalDate x) { return x.plusDays(1); }
            Instant ofInstant(Instant x) { return x; }
            Duration ofDuration(Duration x) { return x; }
            int[] ofInts(int[] x) { return x; }
            long[][] ofMatrix(long[][] x) { return x; }
            List<Long> ofList(List<Long> x) { return x; }
            Set<String> ofSet(Set<String> x) { return new TreeSet<>(x); }
            Map<String, List<Integer>> ofMap(Map<String, List<Integer>> x) { return x; }
            Map<Colour, Integer> ofEnumMap(Map<Colour, Integer> x) { return x; }
            record Point(int x, double y) {}
            Point ofRecord(Point p) { return new Point(p.x() + 1, p.y()); }
            record Line(Point from, List<Point> to) {}
            Line ofNested(Line x) { return x; }
            Optional<String> ofOptional(Optional<String> x) { return x.map(s -> s + "!"); }
            Object ofAny(Object x) { return x; }
            long sum(int a, long b) { return a + b; }
            int none() { return 7; }
            void nothing(int x) {}
            IntUnaryOperator operator = x -> x * 2;
            Function<String, Integer> length = String::length;
            BiFunction<Integer, Integer, Integer> times = (a, b) -> a * b;
            static LongSupplier constant = () -> 5L;
            static int ofStatic(int x) { return -x; }
            """;

    private final Api api;

    ArgumentsIT(Cluster cluster) {
        this.api = cluster.api();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ofByte|[-128,127]|[-128,127]",
                "ofShort|[-32768]|[-32768]",
                "ofInt|[2147483647,-2147483648]|[2147483647,-2147483648]",
                "ofLong|[9223372036854775807,-9223372036854775808]|[9223372036854775807,-9223372036854775808]",
                "ofFloat|[0.5,\"NaN\"]|[0.5,\"NaN\"]",
                "ofDouble|[0.1,1e300,\"Infinity\",\"-Infinity\",3]|[0.1,1.0E300,\"Infinity\",\"-Infinity\",3.0]",
                "ofBoolean|[true,false]|[false,true]",
                "ofChar|[\"é\"]|[\"é\"]",
                "ofBox|[1,null]|[1,null]",
                "ofString|[\"\",\"a\\\"b\\n\\u20ac\",null]|[\"\",\"a\\\"b\\n€\",null]",
                "ofBigInteger|[123456789012345678901234567890]|[123456789012345678901234567891]",
                "ofBigDecimal|[1.10,0.1000000000000000000000001]|[1.10,0.1000000000000000000000001]",
                "ofEnum|[\"GREEN\"]|[\"GREEN\"]",
                "ofDate|[\"2024-02-28\"]|[\"2024-02-29\"]",
                "ofInstant|[\"2024-02-28T01:02:03Z\"]|[\"2024-02-28T01:02:03Z\"]",
                "ofDuration|[\"PT1M30S\"]|[\"PT1M30S\"]",
                "ofInts|[[1,2],[]]|[[1,2],[]]",
                "ofMatrix|[[[1],[2,3]]]|[[[1],[2,3]]]",
                "ofList|[[9007199254740993]]|[[9007199254740993]]",
                "ofSet|[[\"b\",\"a\",\"b\"]]|[[\"a\",\"b\"]]",
                "ofMap|[{\"a\":[1,2]}]|[{\"a\":[1,2]}]",
                "ofEnumMap|[{\"RED\":1}]|[{\"RED\":1}]",
                "ofRecord|[{\"x\":1,\"y\":2.5}]|[{\"x\":2,\"y\":2.5}]",
                "ofNested|[{\"from\":{\"x\":1,\"y\":2.0},\"to\":[]}]|[{\"from\":{\"x\":1,\"y\":2.0},\"to\":[]}]",
                "ofOptional|[\"a\",null]|[\"a!\",null]",
                "ofAny|[1,\"a\",[true],{\"k\":null}]|[1,\"a\",[true],{\"k\":null}]",
                "sum|[[1,2],{\"b\":4,\"a\":3}]|[3,7]",
                "none|[1,null,{}]|[7,7,7]",
                "nothing|[1]|[null]",
                "operator|[21]|[42]",
                "length|[\"four\"]|[4]",
                "times|[[6,7]]|[42]",
                "constant|[0]|[5]",
                "ofStatic|[1]|[-1]"
            })
    void everyTypeIsConvertedExactly(String method, String args, String values) {
        assertThat(Json.read(api.run(SOURCE, method, args))).isEqualTo(Json.read(values));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ofByte|[128]",
                "ofInt|[3.5]",
                "ofInt|[1099511627776]",
                "ofInt|[\"1\"]",
                "ofInt|[null]",
                "ofBoolean|[0]",
                "ofString|[1]",
                "ofList|[{}]",
                "ofRecord|[[1,2.5]]",
                "sum|[[1]]",
                "sum|[[1,2,3]]",
                "sum|[{\"a\":1}]",
                "sum|[{\"a\":1,\"b\":2,\"c\":3}]",
                "sum|[[1,\"x\"]]"
            })
    void argumentOfWrongTypeIsRejectedOnSubmit(String method, String args) {
        JsonNode problem = api.submit(api.load(SOURCE), method, args, "{}").problem(422, "invalid-arguments");

        assertThat(problem.path("index").asInt(-1)).isZero();
        assertThat(problem.path("expected").asString()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ofList|[[1],[\"x\"],[3]]",
                "ofEnum|[\"RED\",\"BLUE\",\"GREEN\"]",
                "ofDate|[\"2024-01-01\",\"2024-02-30\",\"2024-01-01\"]",
                "ofRecord|[{\"x\":1,\"y\":1},{\"x\":1.5,\"y\":1},{\"x\":1,\"y\":1}]",
                "ofMatrix|[[[1]],[[1.5]],[[1]]]"
            })
    void nestedTypeMismatchFailsOnlyItsTask(String method, String args) {
        String job = api.start(SOURCE, method, args);

        JsonNode ended = api.ended(job);

        assertThat(ended.path("state").asString()).isEqualTo("FAILED");
        assertThat(ended.path("tasks").path("succeeded").asInt()).isEqualTo(2);
        assertThat(api.get("/jobs/" + job + "/tasks/1")
                        .json()
                        .path("error")
                        .path("kind")
                        .asString())
                .isEqualTo("argument");
    }

    @Test
    void overloadIsSelectedByItsSignature() {
        String source = """
                String kind(int x) { return "int"; }
                String kind(String x) { return "String"; }
                """;

        assertThat(api.run(source, "kind(int)", "[1]")).isEqualTo("[\"int\"]");
        assertThat(api.run(source, "kind(String)", "[\"1\"]")).isEqualTo("[\"String\"]");
        JsonNode problem = api.submit(api.load(source), "kind", "[1]", "{}").problem(422, "ambiguous-function");
        assertThat(problem.path("candidates")).hasSize(2);
    }

    @Test
    void ordinaryAndCompactSourcesAreCombined() {
        String id = api.post("/environments", """
                        {"sources":{
                          "com/acme/Shape.java":"package com.acme; public record Shape(double side) { public double area() { return side * side; } }",
                          "com/acme/Areas.java":"package com.acme; public class Areas { private final int factor = 2; public double twice(Shape s) { return factor * s.area(); } }",
                          "Main.java":"import com.acme.*; double half(Shape s) { return s.area() / 2; } void main() { }"}}""").expect(201).json().path("id").asString();

        String twice = api.submit(id, "Areas.twice", "[{\"side\":3}]", "{}")
                .expect(202)
                .json()
                .path("id")
                .asString();
        String half = api.submit(id, "half", "[{\"side\":3}]", "{}")
                .expect(202)
                .json()
                .path("id")
                .asString();

        assertThat(api.values(twice)).isEqualTo("[18.0]");
        assertThat(api.values(half)).isEqualTo("[4.5]");
        api.submit(id, "main", "[]", "{}").problem(422, "unknown-function");
    }

    @Test
    void controlCharactersAreKept() {
        String source = """
                String echo(String text) {
                    if (text.startsWith("!")) {
                        throw new IllegalStateException(text);
                    }
                    System.out.print(text);
                    return text;
                }
                """;
        String job = api.start(source, "echo", "[\"a\\u0000b\\u001b\\u007f\",\"!\\u0000\\r\\n\\u0001\"]");
        api.ended(job);

        assertThat(api.get("/jobs/" + job + "/results").expect(200).lines()).hasSize(2);
        JsonNode returned = api.get("/jobs/" + job + "/tasks/0").expect(200).json();
        assertThat(returned.path("value").asString()).isEqualTo("a\0b\u001b\u007f");
        assertThat(returned.path("output").asString()).contains("a").contains("b");
        JsonNode failed = api.get("/jobs/" + job + "/tasks/1").expect(200).json();
        assertThat(failed.path("error").path("message").asString()).isEqualTo("!\0\r\n\u0001");
        assertThat(Json.read(api.get("/jobs/" + job + "/values").bytes()).get(0).asString())
                .isEqualTo("a\0b\u001b\u007f");
    }

    @Test
    void rangeWithNegativeStepCountsDown() {
        assertThat(api.run(SOURCE, "ofLong", "{\"range\":{\"from\":10,\"to\":0,\"step\":-3}}"))
                .isEqualTo("[10,7,4,1]");
    }
}
