package io.minimalcluster.task.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records, enums and sealed types. The fields are types whose values are returned as they are. */
@SuppressWarnings({"unused", "UnusedVariable", "NullAway.Init", "ArrayRecordComponent", "DoNotCallSuggester"})
class RecordBindingTest {
    private static Colour colour;
    private static Point point;
    private static Tagged tagged;
    private static Positive positive;
    private static Exact exact;
    private static Pair<Integer, List<Point>> pair;
    private static Nothing nothing;
    private static Area area;
    private static Chain chain;
    private static Tree<String> tree;
    private static Copying copying;
    private static Shape shape;
    private static List<Shape> shapes;
    private static Expression<Integer> expression;
    private static Twin twin;

    private final TestFunctions functions = new TestFunctions(RecordBindingTest.class);

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "grass";
            }
        }
    }

    record Point(double x, double y) {}

    record Tagged(
            String name,
            int level,
            @Nullable Point at,
            List<Point> path,
            Optional<Long> size,
            @Nullable Integer rank) {}

    record Positive(int value) {
        Positive {
            if (value <= 0) {
                throw new IllegalArgumentException("must be positive");
            }
        }
    }

    record Exact(BigDecimal d, BigInteger i, long l, char c, byte[] bytes, char[] chars, float f) {}

    record Pair<A, B>(A a, B b) {}

    record Nothing() {}

    /** Its getters are no components. */
    record Area(int width, int height) {
        Area(int side) {
            this(side, side);
        }

        public int getArea() {
            return width * height;
        }

        public boolean isSquare() {
            return width == height;
        }

        public String toText() {
            throw new IllegalStateException("not a component");
        }
    }

    record Chain(int value, @Nullable Chain next) {}

    record Tree<T>(T value, List<Tree<T>> children, Map<String, Tree<T>> named) {}

    record Copying(int[] values) {
        Copying {
            values = values.clone();
        }

        @Override
        public int[] values() {
            return Arrays.copyOf(values, values.length + 1);
        }
    }

    sealed interface Shape {}

    record Circle(double radius) implements Shape {}

    record Box(Point from, Point to) implements Shape {}

    enum Basic implements Shape {
        EMPTY,
        PLANE
    }

    sealed interface Expression<T> {}

    record Literal<T>(T value) implements Expression<T> {}

    record Sum<T>(Expression<T> left, Expression<T> right) implements Expression<T> {}

    sealed interface Twin {}

    record First(int value) implements Twin {}

    record Second(int value) implements Twin {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            colour  | "GREEN"
            colour  | null
            point   | {"x":1.0,"y":2.0}
            point   | null
            tagged  | {"name":"n","level":3,"at":{"x":1.0,"y":2.0},"path":[{"x":0.0,"y":0.0}],"size":5,"rank":1}
            tagged  | {"name":null,"level":3,"at":null,"path":null,"size":null,"rank":null}
            exact   | {"d":1.10,"i":123456789012345678901234567890,"l":9007199254740993,"c":"x","bytes":[1,-2],"chars":["a"],"f":0.1}
            pair    | {"a":1,"b":[{"x":1.0,"y":2.0}]}
            nothing | {}
            area    | {"width":2,"height":3}
            chain   | {"value":1,"next":{"value":2,"next":null}}
            tree    | {"value":"a","children":[{"value":"b","children":[],"named":{}}],"named":{"c":{"value":"c","children":null,"named":null}}}
            shape   | {"radius":1.5}
            shape   | {"from":{"x":0.0,"y":0.0},"to":{"x":1.0,"y":"NaN"}}
            shape   | "PLANE"
            shape   | null
            shapes  | [{"radius":1.5},"EMPTY",null]
            expression | {"left":{"value":1},"right":{"left":{"value":2},"right":{"value":3}}}
            """)
    void recordsRoundTrip(String type, String json) {
        assertThat(functions.call(type, json)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            tagged  | {"name":"n","level":1} | {"name":"n","level":1,"at":null,"path":null,"size":null,"rank":null}
            area    | {"height":3,"width":2.0} | {"width":2,"height":3}
            copying | {"values":[1]} | {"values":[1,0]}
            """)
    void membersAreReadInAnyOrderAndMissingReferencesAreNull(String type, String json, String result) {
        assertThat(functions.call(type, json)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            colour | "BLUE" | x: Colour is one of RED, GREEN, not "BLUE"
            colour | "grass" | x: Colour is one of RED, GREEN, not "grass"
            colour | "" | x: Colour is one of RED, GREEN, not ""
            colour | 0 | x: Colour is one of RED, GREEN, not 0
            colour | ["RED"] | x: Colour is one of RED, GREEN, not an array
            point | {"x":1} | x.y: it is missing, a double is needed
            point | {"x":1,"y":null} | x.y: null does not fit the primitive type double
            point | {"x":1,"y":2,"z":3} | x.z: Point has no "z", it has x, y
            point | {"x":1,"x":2,"y":2} | x.x: it is there twice
            point | {"x":1,"\\u0078":2,"y":2} | x.x: it is there twice
            point | {"@class":"Point","x":1,"y":2} | x.@class: Point has no "@class", it has x, y
            point | {"x":1e400,"y":2} | x.x: a double can't hold 1e400
            point | [1,2] | x: a Point can not be read from an array
            point | "1,2" | x: a Point can not be read from "1,2"
            point | "" | x: a Point can not be read from ""
            tagged | {"name":5,"level":1} | x.name: a String needs a string, not 5
            tagged | {"name":"n","level":1,"path":[{"x":1,"y":2},{"x":1,"y":"?"}]} | x.path[1].y: a double needs a number, or one of the strings "NaN", "Infinity" and "-Infinity", not "?"
            tagged | {"name":"n","level":1,"path":[{"x":1,"y":2},{"y":2,"y":3}]} | x.path[1].y: it is there twice
            tagged | {"name":"n","level":"1"} | x.level: an int takes whole numbers from -2147483648 to 2147483647, not "1"
            tagged | {"name":"n","level":1,"size":"5"} | x.size: a long takes whole numbers from -9223372036854775808 to 9223372036854775807, not "5"
            positive | {"value":-1} | x: Positive refuses it: java.lang.IllegalArgumentException: must be positive
            area | {"width":2,"height":3,"area":6} | x.area: Area has no "area", it has width, height
            area | {"side":2} | x.side: Area has no "side", it has width, height
            nothing | {"a":1} | x.a: Nothing has no "a"
            chain | {"value":1,"next":{"next":null}} | x.next.value: it is missing, an int is needed
            shape | {"side":1} | x: Shape is one of Circle {radius}, Box {from, to}, Basic; not an object of side
            shape | {"radius":"r"} | x.radius: a double needs a number, or one of the strings "NaN", "Infinity" and "-Infinity", not "r"
            shape | {"radius":1,"radius":2} | x.radius: it is there twice
            shape | "FULL" | x: Shape is one of Circle {radius}, Box {from, to}, Basic; not "FULL"
            shape | 5 | x: Shape is one of Circle {radius}, Box {from, to}, Basic; not 5
            shapes | [{"radius":1},{}] | x[1]: Shape is one of Circle {radius}, Box {from, to}, Basic; not an empty object
            twin | {"value":1} | x: Twin is one of First {value}, Second {value}; and more than one of them is an object of value
            """)
    void mismatchesAreRejected(String type, String json, String message) {
        assertThatThrownBy(() -> functions.call(type, json))
                .isInstanceOf(ArgumentMismatch.class)
                .hasMessage(message);
    }
}
