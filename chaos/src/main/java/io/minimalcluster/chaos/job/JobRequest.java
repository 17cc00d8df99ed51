package io.minimalcluster.chaos.job;

import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A job as it was asked for. The argument of task {@code i} is {@code base + i * step}.
 *
 * @param name of this job alone, so that it is known again where its id was never learnt
 * @param keyed whether it was posted with an Idempotency-Key, which is its name
 */
public record JobRequest(String name, TaskBehaviour deed, Form form, long base, int step, int total, boolean keyed) {
    /** How the arguments are written. */
    public enum Form {
        LIST,
        RANGE,
        LINES
    }

    public long argument(long index) {
        return base + index * step;
    }

    /** What must become of a task that nobody cancels. */
    public ExpectedOutcome expected(long index) {
        return deed.expected(argument(index));
    }

    public String query() {
        return "method=" + deed.method() + "&name=" + name + "&maxAttempts=" + deed.attempts();
    }

    /** The body of the call that posts it. */
    public String body(String environment) {
        return switch (form) {
            case LINES -> arguments("\n");
            case LIST -> json(environment, "[" + arguments(",") + "]");
            case RANGE ->
                json(
                        environment,
                        "{\"range\":{\"from\":%d,\"to\":%d,\"step\":%d}}".formatted(base, argument(total), step));
        };
    }

    private String arguments(String between) {
        return LongStream.range(0, total)
                .mapToObj(index -> Long.toString(argument(index)))
                .collect(Collectors.joining(between));
    }

    private String json(String environment, String args) {
        return "{\"environmentId\":\"%s\",\"method\":\"%s\",\"args\":%s,\"options\":{\"name\":\"%s\",\"maxAttempts\":%d}}"
                .formatted(environment, deed.method(), args, name, deed.attempts());
    }
}
