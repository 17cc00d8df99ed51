package com.acme;

import io.minimalcluster.client.Cluster;
import java.io.File;
import java.nio.file.Path;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Arguments and values whose JSON is not that of Jackson's defaults. */
public class Values {
    record Cell(int x, int y) {}

    sealed interface Shape permits Circle, Rect {}

    record Circle(double r) implements Shape {}

    record Rect(double w, double h) implements Shape {}

    static class Account {
        private final String owner;
        private final long cents;

        Account(String owner, long cents) {
            this.owner = owner;
            this.cents = cents;
        }
    }

    static ZonedDateTime zoned(ZonedDateTime time) {
        return time;
    }

    static OffsetDateTime offset(OffsetDateTime time) {
        return time;
    }

    static Path child(Path path) {
        return path.resolve("x");
    }

    static File file(File file) {
        return file;
    }

    static Month next(Month month) {
        return month.plus(1);
    }

    static double zero(double zero) {
        return zero;
    }

    static BitSet bits(BitSet bits) {
        return bits;
    }

    static Map<Cell, Integer> cells(Map<Cell, Integer> cells) {
        return cells;
    }

    static Stream<Integer> stream(int count) {
        return IntStream.range(0, count).boxed();
    }

    static Account twice(Account account) {
        return new Account(account.owner, account.cents * 2);
    }

    static List<Object> numbers(int one) {
        return List.of(one, 2.5);
    }

    static double area(Shape shape) {
        return switch (shape) {
            case Circle(double r) -> r * r;
            case Rect(double w, double h) -> w * h;
        };
    }

    static Shape shape(int r) {
        return r < 2 ? new Circle(r) : new Rect(r, 1);
    }

    static Comparator<String> order(int at) {
        return Comparator.naturalOrder();
    }

    static int count(List<String> list) {
        return list.size();
    }

    public static void main(String[] arguments) {
        BitSet bits = new BitSet();
        bits.set(3);
        bits.set(70);
        ZonedDateTime time = ZonedDateTime.parse("2026-07-01T12:00+02:00[Europe/Paris]");
        try (Cluster cluster = Cluster.connect()) {
            System.out.println("zoned: " + cluster.map(Values::zoned, List.of(time)));
            System.out.println("zoned captured: " + cluster.map(one -> time + " " + one, List.of(1)));
            System.out.println(
                    "offset: " + cluster.map(Values::offset, List.of(OffsetDateTime.parse("2026-07-01T23:30-05:00"))));
            System.out.println("path: " + cluster.map(Values::child, List.of(Path.of("rel/a"))));
            System.out.println("file: " + cluster.map(Values::file, List.of(new File("rel/a"))));
            System.out.println("month: " + cluster.map(Values::next, List.of(Month.MARCH)));
            System.out.println("zero: " + cluster.map(Values::zero, List.of(-0.0)));
            System.out.println("bits: " + cluster.map(Values::bits, List.of(bits)));
            System.out.println("keys: " + cluster.map(Values::cells, List.of(Map.of(new Cell(1, 2), 3))));
            System.out.println("stream: "
                    + cluster.map(Values::stream, List.of(3)).getFirst().toList());
            Account account =
                    cluster.map(Values::twice, List.of(new Account("Ada", 5))).getFirst();
            System.out.println("class: " + account.owner + " " + account.cents);
            System.out.println("numbers: "
                    + cluster.map(Values::numbers, List.of(1)).getFirst().stream()
                            .map(number -> number.getClass().getSimpleName())
                            .toList());
            System.out.println("sealed: " + cluster.map(Values::area, List.of(new Circle(1), new Rect(2, 3))));
            System.out.println("lists: " + cluster.map(Values::count, List.of(new ArrayList<>(List.of("a")))));
            System.out.println("alternatives: " + cluster.map(Values::shape, List.of(1, 2)));
            try {
                System.out.println(cluster.map(Values::order, List.of(1)));
            } catch (IllegalArgumentException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }
}
