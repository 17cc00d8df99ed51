package io.minimalcluster.chaos.job;

import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A job request. The argument of task {@code i} is {@code base + i * step}.
 *
 * @param name a unique name, which identifies the job when its id is unknown
 * @param behaviour the behaviour of the tasks
 * @param keyed whether the post has an Idempotency-Key, which equals the name
 */
public record JobRequest(
        String name, TaskBehaviour behaviour, Form form, long base, int step, int total, boolean keyed) {
    /** The notation of the arguments. */
    public enum Form {
        LIST,
        RANGE,
        LINES
    }

    public long argument(long index) {
        return base + index * step;
    }

    /** The expected outcome of a task of a job that is not cancelled. */
    public ExpectedOutcome expected(long index) {
        return behaviour.expected(argument(index));
    }

    public String query() {
        return "method=" + behaviour.method() + "&name=" + name + "&maxAttempts=" + behaviour.attempts();
    }

    /** The request body. */
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

    private String arguments(String separator) {
        return LongStream.range(0, total)
                .mapToObj(index -> Long.toString(argument(index)))
                .collect(Collectors.joining(separator));
    }

    private String json(String environment, String args) {
        return "{\"environmentId\":\"%s\",\"method\":\"%s\",\"args\":%s,\"options\":{\"name\":\"%s\",\"maxAttempts\":%d}}"
                .formatted(environment, behaviour.method(), args, name, behaviour.attempts());
    }
}
