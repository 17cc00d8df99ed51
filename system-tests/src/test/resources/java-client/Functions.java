package com.acme;

import io.minimalcluster.client.Cluster;
import io.minimalcluster.client.Outcome;
import io.minimalcluster.client.TaskFailedException;
import io.minimalcluster.client.function.SerializableCallable;
import io.minimalcluster.client.function.SerializableFunction;
import io.minimalcluster.client.function.TypeRef;
import io.minimalcluster.client.reduce.Reduction;
import io.minimalcluster.client.reduce.ReductionFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Runs functions of each kind, or with an argument the first ones only. The class and most of its members are not
 * public, as in small programs.
 */
class Functions {
    private record Point(double x, double y) {
        Point plus(Point other) {
            return new Point(x + other.x, y + other.y);
        }
    }

    private record Params(double angle, List<Double> radii) {}

    private enum Unit {
        METRE,
        MILE
    }

    record Scale(long factor) implements SerializableFunction<Long, Long> {
        @Override
        public Long apply(Long x) {
            return factor * x;
        }
    }

    static long square(long x) {
        return x * x;
    }

    private static List<Point> points(Params params) {
        return params.radii().stream()
                .map(radius -> new Point(radius * Math.cos(params.angle()), radius * Math.sin(params.angle())))
                .toList();
    }

    private static long join(long one, long other) {
        return Math.addExact(one, other);
    }

    static long inverse(long x) {
        return 100 / x;
    }

    /** Uses a class of another folder of the class path, and a resource beside this one. */
    static String greeting(String name) throws Exception {
        try (var in = Functions.class.getResourceAsStream("greeting.txt")) {
            return Words.join(new String(in.readAllBytes()), name);
        }
    }

    private static void print(String name, Object value) {
        System.out.println(name + ": " + value);
    }

    public static void main(String[] args) throws Exception {
        try (var cluster = Cluster.connect()) {
            print("static", cluster.map(Functions::square, List.of(1L, 2L, 3L)));
            print("lambda", cluster.map(x -> x + 1, List.of(1L, 2L)));
            int factor = 7;
            Point origin = new Point(1, 2);
            Unit unit = Unit.MILE;
            List<String> captured = cluster.map(x -> x * factor + origin.y() + " " + unit, List.of(1, 2));
            print("captured", captured);
            print("record", cluster.map(new Scale(5), List.of(2L)));
            var squares = cluster.function(Functions::square);
            print("own method", squares.reduce(Functions::join, LongStream.range(0, 10_000).boxed()));
            print(
                    "lambda over records",
                    cluster.mapReduce(
                            x -> new Point(x * factor, 1),
                            (one, other) -> new Point(Math.max(one.x(), other.x()), one.y() + other.y()),
                            List.of(1, 3, 2)));
            if (args.length > 0) {
                return;
            }
            print("records", cluster.map(Functions::points, List.of(new Params(0, List.of(1.0, 2.0)))));
            print("library", cluster.map(Functions::greeting, List.of("Ada")));
            print("instance", cluster.map(Point::x, List.of(new Point(3, 4))));
            print("constructor", cluster.map(Scale::new, List.of(5L)));
            print("platform", cluster.map(Math::abs, List.of(-3L)));
            SerializableFunction<List<Point>, Integer> size = points -> points.size() + (int) points.get(0).x();
            print(
                    "generic",
                    cluster.function(size, new TypeRef<List<Point>>() {}, new TypeRef<Integer>() {})
                            .map(List.of(List.of(new Point(5, 0)))));
            List<String> list = new ArrayList<>(List.of("a"));
            try {
                cluster.map(x -> x + list.size(), List.of(1L));
            } catch (IllegalArgumentException e) {
                print("refused", e.getMessage());
            }
            try {
                cluster.map(Functions::inverse, List.of(1L, 0L));
            } catch (TaskFailedException e) {
                print("failed", e.index() + " " + e.argument() + " " + e.kind() + " " + e.type().orElse(""));
                print("frame", e.remoteStackTrace().getFirst());
                print("cause", e.getCause() + " at " + e.getCause().getStackTrace()[0]);
            }
            for (Outcome<Long> outcome : cluster.mapOutcomes(Functions::inverse, List.of(4L, 0L))) {
                print("outcome " + outcome.index(), outcome.getClass().getSimpleName());
            }
            print("future", cluster.function(Functions::square).callAsync(9L).get());
            try (var completed = cluster.function(Functions::square)
                    .asCompleted(LongStream.range(0, 1000).boxed())) {
                print("completed", completed.mapToLong(Outcome::get).sum());
            }
            print("sum", cluster.mapReduce(Functions::square, Reduction.sum(), List.of(1L, 2L, 3L)));
            print("mean", cluster.mapReduce(Functions::square, Reduction.mean(), List.of(1L, 3L)));
            print("of the platform", cluster.mapReduce(Functions::square, Long::max, List.of(3L, -4L)));
            print("instance method", cluster.mapReduce(x -> new Point(x, 1), Point::plus, List.of(1.0, 2.0, 3.0)));
            print("of another class", cluster.mapReduce(Functions::greeting, Words::join, List.of("Ada", "Alan")));
            print(
                    "over lists",
                    cluster.mapReduce(
                            Functions::points,
                            (one, other) -> Stream.concat(one.stream(), other.stream()).toList(),
                            List.of(new Params(0, List.of(1.0)), new Params(0, List.of(2.0)))));
            print("of nothing", cluster.mapReduce(Functions::square, Long::sum, List.of()));
            try {
                cluster.mapReduce(Functions::inverse, Long::sum, List.of(1L, 0L));
            } catch (TaskFailedException e) {
                print("failed task", e.index() + " " + e.argument() + " " + e.kind());
            }
            try {
                cluster.mapReduce(Functions::square, Math::multiplyExact, List.of(3_000_000_000L, 2_000_000_000L));
            } catch (ReductionFailedException e) {
                print("failed operator", e.getMessage().replaceAll(".* were", "were"));
            }
            try (var executor = cluster.executor()) {
                long x = 6;
                print("submit", executor.submit(() -> square(x)).get());
                List<SerializableCallable<Long>> tasks = LongStream.range(0, 4)
                        .mapToObj(each -> (SerializableCallable<Long>) () -> inverse(each))
                        .toList();
                for (Future<Long> each : executor.invokeAll(tasks)) {
                    print("invokeAll", each.state() + (each.state() == Future.State.SUCCESS ? " " + each.get() : ""));
                }
            }
        }
    }
}
