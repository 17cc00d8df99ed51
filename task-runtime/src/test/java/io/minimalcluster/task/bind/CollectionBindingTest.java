package io.minimalcluster.task.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrays, collections, maps and their keys, iterators and streams. */
@SuppressWarnings({"unused", "UnusedVariable", "NullAway.Init", "JdkObsolete", "NonApiType", "rawtypes"})
class CollectionBindingTest {
    private static int[] ints;
    private static long[] longs;
    private static short[] shorts;
    private static byte[] bytes;
    private static double[] doubles;
    private static float[] floats;
    private static boolean[] booleans;
    private static char[] chars;
    private static Integer[] boxedInts;
    private static Double[] boxedDoubles;
    private static Character[] boxedChars;
    private static Byte[] boxedBytes;
    private static String[] texts;
    private static long[][] matrix;
    private static List<byte[]> listOfBytes;
    private static List<Integer>[] arrayOfLists;
    private static Set<Integer> set;
    private static SortedSet<String> sortedSet;
    private static EnumSet<DayOfWeek> enumSet;
    private static Deque<Integer> deque;
    private static ArrayDeque<Integer> arrayDeque;
    private static Queue<Integer> queue;
    private static PriorityQueue<Integer> priorityQueue;
    private static PriorityQueue<Point> priorityQueueOfPoints;
    private static BlockingQueue<Integer> blockingQueue;
    private static LinkedList<Integer> linkedList;
    private static Stack<Integer> stack;
    private static CopyOnWriteArrayList<Integer> copyOnWrite;
    private static Collection<Point> points;
    private static SequencedCollection<Integer> sequenced;
    private static Iterable<Integer> iterable;
    private static Iterator<Integer> iterator;
    private static ListIterator<Integer> listIterator;
    private static Enumeration<Integer> enumeration;
    private static Stream<Integer> stream;
    private static IntStream intStream;
    private static LongStream longStream;
    private static DoubleStream doubleStream;
    private static List rawList;
    private static Numbers numbers;
    private static Map<String, List<Integer>> map;
    private static SortedMap<Integer, String> mapByInt;
    private static NavigableMap<Double, String> mapByDouble;
    private static Map<BigDecimal, String> mapByDecimal;
    private static Map<Long, Integer> mapByLong;
    private static Map<Character, Integer> mapByChar;
    private static Map<Boolean, Integer> mapByBoolean;
    private static Map<LocalDate, Integer> mapByDate;
    private static Map<UUID, Integer> mapByUuid;
    private static Map<Object, Integer> mapByObject;
    private static Map<Comparable<?>, Integer> mapByComparable;
    private static Map<Point, Integer> mapByPoint;
    private static Map<List<Integer>, Integer> mapByList;
    private static EnumMap<DayOfWeek, Integer> mapByDay;
    private static TreeMap<String, Integer> treeMap;
    private static ConcurrentHashMap<String, Integer> concurrentMap;
    private static SequencedMap<String, Integer> sequencedMap;
    private static Map.Entry<String, Integer> entry;
    private static Registry registry;

    private final TestFunctions functions = new TestFunctions(CollectionBindingTest.class);

    record Point(double x, double y) {}

    /** A collection of user code. */
    static final class Numbers extends ArrayList<Long> {
        private static final long serialVersionUID = 1;
    }

    /** A map of user code. */
    static final class Registry extends TreeMap<String, Point> {
        private static final long serialVersionUID = 1;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            ints        | [1,-2,3]
            ints        | []
            ints        | null
            longs       | [9223372036854775807]
            shorts      | [1,-2]
            bytes       | [1,-128,127]
            doubles     | [1.5,"NaN",-0.0]
            floats      | [1.5,"Infinity"]
            booleans    | [true,false]
            chars       | ["a","b"]
            boxedInts   | [1,null]
            boxedDoubles | [1.5,"NaN",null]
            boxedChars  | ["a",null]
            boxedBytes  | [1,-2]
            texts       | ["a",null,"b"]
            matrix      | [[1],[2,3],[],null]
            listOfBytes | [[1,2],[-3]]
            arrayOfLists | [[1],[2,3]]
            set         | [3,1,2]
            sortedSet   | ["a","b"]
            enumSet     | ["MONDAY","SUNDAY"]
            deque       | [1,2]
            arrayDeque  | [1,2]
            queue       | [1,2]
            priorityQueue | [1,2]
            blockingQueue | [1,2]
            linkedList  | [1,null]
            stack       | [1,2]
            copyOnWrite | [1,2]
            points      | [{"x":1.0,"y":"NaN"}]
            sequenced   | [3,1,2]
            iterable    | [3,1,2]
            iterator    | [1,2]
            listIterator | [1,2]
            enumeration | [1,2]
            stream      | [1,null]
            intStream   | [1,2]
            longStream  | [9223372036854775807]
            doubleStream | [1.5,"NaN"]
            rawList     | [1,"a",[2.5]]
            numbers     | [1,9223372036854775807]
            map         | {"a":[1,2],"":[]}
            map         | {"b":null,"a":[]}
            mapByInt    | {"1":"one","20":"twenty"}
            mapByDouble | {"-0.5":"a","1.0E10":"b","NaN":"c"}
            mapByDecimal | {"1.10":"a"}
            mapByLong   | {"9223372036854775807":1}
            mapByChar   | {"x":1,"1":2}
            mapByBoolean | {"true":1,"false":2}
            mapByDate   | {"2026-02-28":1}
            mapByUuid   | {"123e4567-e89b-12d3-a456-426614174000":1}
            mapByObject | {"a":1,"1":2}
            mapByComparable | {"a":1}
            mapByPoint  | {"{\\"x\\":1.0,\\"y\\":2.0}":3}
            mapByList   | {"[1,2]":3}
            mapByDay    | {"MONDAY":2}
            treeMap     | {"a":1,"b":2}
            concurrentMap | {"a":1}
            sequencedMap | {"b":1,"a":2}
            entry       | {"a":1}
            registry    | {"a":{"x":1.0,"y":2.0}}
            """)
    void collectionsRoundTrip(String type, String json) {
        assertThat(functions.call(type, json)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            ints | [1,2.5] | x[1]: an int takes whole numbers from -2147483648 to 2147483647, not 2.5
            ints | [1,null] | x[1]: null does not fit the primitive type int
            ints | 5 | x: an array is needed, not 5
            bytes | "AQI=" | x: an array is needed, not "AQI="
            chars | "ab" | x: an array is needed, not "ab"
            texts | ["a",1] | x[1]: a String needs a string, not 1
            texts | "a" | x: an array is needed, not "a"
            boxedBytes | "AQI=" | x: an array is needed, not "AQI="
            matrix | [[1],[2,"x"]] | x[1][1]: a long takes whole numbers from -9223372036854775808 to 9223372036854775807, not "x"
            listOfBytes | [[1],"AQI="] | x[1]: an array is needed, not "AQI="
            listOfBytes | [[1],[300]] | x[1][0]: a byte takes whole numbers from -128 to 127, not 300
            listOfBytes | [[1],[null]] | x[1][0]: null does not fit the primitive type byte
            set | {"a":1} | x: an array is needed, not an object
            set | "" | x: an array is needed, not ""
            enumSet | [null] | x[0]: null does not fit here
            arrayDeque | [1,null] | x[1]: null does not fit here
            priorityQueue | [null] | x[0]: null does not fit here
            iterator | 5 | x: an array is needed, not 5
            intStream | [1,"a"] | x[1]: an int takes whole numbers from -2147483648 to 2147483647, not "a"
            map | [1] | x: an object is needed, not an array
            map | "" | x: an object is needed, not ""
            map | {"a":[1,"b"]} | x.a[1]: an int takes whole numbers from -2147483648 to 2147483647, not "b"
            map | {"a":[1],"a":[2]} | x.a: it is there twice
            map | {"a":[1],"\\u0061":[2]} | x.a: it is there twice
            mapByInt | {"one":"1"} | x.one: the key "one" is no Integer
            mapByInt | {"":"1"} | x: the key "" is no Integer
            mapByInt | {"2147483648":"1"} | x.2147483648: the key "2147483648" is no Integer
            mapByDay | {"Monday":1} | x.Monday: the key "Monday" is no DayOfWeek
            mapByPoint | {"{\\"x\\":1.0}":3} | x.{"x":1.0}: the key "{"x":1.0}" is no Point
            concurrentMap | {"a":null} | x.a: null does not fit here
            entry | {} | x: an Entry can not be read from an object
            entry | {"a":1,"b":2} | x: an Entry can not be read from an object
            """)
    void mismatchesAreRejected(String type, String json, String message) {
        assertThatThrownBy(() -> functions.call(type, json))
                .isInstanceOf(ArgumentMismatch.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            priorityQueueOfPoints | [{"x":1,"y":2}]
            """)
    void elementsThatACollectionRefusesAreRejected(String type, String json) {
        assertThatThrownBy(() -> functions.call(type, json))
                .isInstanceOf(ArgumentMismatch.class)
                .hasMessageStartingWith("x[0]: java.lang.ClassCastException");
    }
}
