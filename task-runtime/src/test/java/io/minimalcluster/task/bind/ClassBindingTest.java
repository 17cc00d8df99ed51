package io.minimalcluster.task.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classes with the constructors that people write. The fields are types whose values are returned as they are. */
@SuppressWarnings({"unused", "UnusedVariable", "UnusedMethod", "NullAway.Init", "ClassCanBeStatic", "EffectivelyPrivate"
})
class ClassBindingTest {
    private static TreeNode treeNode;
    private static ListNode<String> listNode;
    private static Mutable mutable;
    private static Celsius celsius;
    private static Dot dot;
    private static Hidden hidden;
    private static Child<String> child;
    private static Defaults defaults;
    private static Fraction fraction;
    private static Guarded guarded;
    private static Bag bag;
    private static Wrapper wrapper;
    private static Doubled doubled;
    private static Copied copied;
    private static Inner inner;
    private static Open open;
    private static Base base;
    private static Counter counter;
    private static Worker worker;
    private static Steps steps;

    private final TestFunctions functions = new TestFunctions(ClassBindingTest.class);

    /** Its constructor has another name for its parameter than the field. */
    static class TreeNode {
        int val;

        @Nullable
        TreeNode left;

        @Nullable
        TreeNode right;

        TreeNode(int x) {
            val = x;
        }
    }

    static class ListNode<T> {
        T value;

        @Nullable
        ListNode<T> next;

        ListNode(T value, @Nullable ListNode<T> next) {
            this.value = value;
            this.next = next;
        }

        ListNode(T value) {
            this(value, null);
        }
    }

    /** A class with getters and setters. */
    static class Mutable {
        int count;
        private String name = "";

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public String getLabel() {
            throw new IllegalStateException("not a field");
        }
    }

    static class Celsius {
        final double degrees;
        private final transient double kelvin;

        Celsius(double degrees) {
            this.degrees = degrees;
            this.kelvin = degrees + 273.15;
        }
    }

    /** It has several constructors, one of them without parameters. */
    static class Dot {
        private final double x;
        private final double y;

        Dot() {
            this(-1, -1);
        }

        Dot(double x, double y) {
            this.x = x;
            this.y = y;
        }

        Dot(Dot other) {
            this(other.x, other.y);
        }
    }

    static final class Hidden {
        private static int made;
        private final int secret;

        private Hidden(int secret) {
            this.secret = secret;
            made++;
        }

        static Hidden of(int secret) {
            return new Hidden(secret);
        }
    }

    static class Parent<T> {
        private T id;
        protected int level;
    }

    static class Child<T> extends Parent<List<T>> {
        String name = "unnamed";
    }

    static class Defaults {
        int size = 7;
        List<Integer> items = new ArrayList<>(List.of(1));
        String label;

        Defaults(String label) {
            this.label = label;
        }
    }

    /** Its constructor computes other values than it gets. */
    static class Fraction {
        private final int numerator;
        private final int denominator;

        Fraction(int numerator, int denominator) {
            this.numerator = numerator / 2;
            this.denominator = denominator / 2;
        }
    }

    static class Guarded {
        private final String name;

        Guarded(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }
    }

    /** It is iterable, and has fields. */
    static class Bag implements Iterable<Integer> {
        private final Collection<Integer> items;

        Bag(Collection<Integer> items) {
            this.items = items;
        }

        @Override
        public Iterator<Integer> iterator() {
            return items.iterator();
        }
    }

    static class Wrapper {
        private final int boxed;
        private final Integer primitive;

        Wrapper(Integer boxed, int primitive) {
            this.boxed = boxed;
            this.primitive = primitive;
        }
    }

    static class Doubled {
        private int value;
        private String text;

        Doubled(String first, int second) {
            value = 2 * second;
            text = first + first;
        }
    }

    static class Copied {
        private int value;

        Copied(Copied other) {
            value = other.value;
        }

        Copied(int value) {
            this.value = value;
        }
    }

    class Inner {
        int x;
    }

    interface Open {
        int size();
    }

    abstract static class Base {
        int x;
    }

    static class Counter extends Number {
        private static final long serialVersionUID = 1;

        @Override
        public int intValue() {
            return 0;
        }

        @Override
        public long longValue() {
            return 0;
        }

        @Override
        public float floatValue() {
            return 0;
        }

        @Override
        public double doubleValue() {
            return 0;
        }
    }

    static class Steps implements Iterator<Integer> {
        int at;

        @Override
        public boolean hasNext() {
            return false;
        }

        @Override
        public Integer next() {
            return at++;
        }
    }

    static class Worker extends Thread {
        int work;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            treeNode | {"val":1,"left":{"val":2,"left":null,"right":null},"right":null}
            treeNode | null
            listNode | {"value":"a","next":{"value":"b","next":null}}
            mutable  | {"count":2,"name":"n"}
            celsius  | {"degrees":36.6}
            dot      | {"x":1.0,"y":2.0}
            hidden   | {"secret":5}
            child    | {"id":["a"],"level":2,"name":"c"}
            defaults | {"size":1,"items":[2,3],"label":"l"}
            guarded  | {"name":"n"}
            bag      | {"items":[1,2]}
            wrapper  | {"boxed":1,"primitive":2}
            doubled  | {"value":3,"text":"t"}
            copied   | {"value":3}
            """)
    void classesRoundTrip(String type, String json) {
        assertThat(functions.call(type, json)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            treeNode | {"val":1}      | {"val":1,"left":null,"right":null}
            dot      | {"y":2}        | {"x":-1.0,"y":2.0}
            child    | {}             | {"id":null,"level":0,"name":"unnamed"}
            defaults | {"label":"l"}  | {"size":7,"items":[1],"label":"l"}
            fraction | {"numerator":2,"denominator":4} | {"numerator":1,"denominator":2}
            """)
    void missingFieldsKeepWhatTheConstructorSet(String type, String json, String result) {
        assertThat(functions.call(type, json)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            treeNode | {"left":{"val":1}} | x.val: it is missing, an int is needed
            treeNode | {"val":null} | x.val: null does not fit the primitive type int
            treeNode | {"x":1} | x.x: TreeNode has no "x", it has val, left, right
            treeNode | {"val":1,"left":{"val":"a"}} | x.left.val: an int takes whole numbers from -2147483648 to 2147483647, not "a"
            treeNode | [1,2] | x: a TreeNode can not be read from an array
            celsius | 36.6 | x: a Celsius can not be read from 36.6
            celsius | {"degrees":1,"kelvin":2} | x.kelvin: Celsius has no "kelvin", it has degrees
            mutable | {"counts":1} | x.counts: Mutable has no "counts", it has count, name
            mutable | {"count":1,"name":"a","count":2} | x.count: it is there twice
            guarded | {} | x: Guarded refuses it: java.lang.NullPointerException: name
            inner | {"x":1} | x: an Inner can not be read from an object; it is an inner class, make it static or a record
            open | {"size":1} | x: an Open can not be read from an object; it is abstract, take a record, an enum or a class
            base | {"x":1} | x: a Base can not be read from an object; it is abstract, take a record, an enum or a class
            counter | 5 | x: a Counter can not be read from 5; it extends Number, take a BigDecimal, a record or another class
            steps | [1] | x: a Steps can not be read from an array; it is an iterator or a stream, take that of the JDK
            worker | {"work":1} | x: a Worker can not be read from an object; it extends java.lang.Thread, whose state is not accessible
            """)
    void mismatchesAreRejected(String type, String json, String message) {
        assertThatThrownBy(() -> functions.call(type, json))
                .isInstanceOf(ArgumentMismatch.class)
                .hasMessage(message);
    }
}
