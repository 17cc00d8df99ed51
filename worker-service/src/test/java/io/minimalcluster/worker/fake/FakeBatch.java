package io.minimalcluster.worker.fake;

import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A batch of the fake master. */
public record FakeBatch(String lease, long first, int count, String json) {
    /** Creates a batch with the arguments 0, 1, 2, … */
    public static FakeBatch of(String lease, long first, int count) {
        String args = LongStream.range(first, first + count)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(",", "[", "]"));
        return with(lease, first, count, "\"args\":" + args);
    }

    /** Creates a batch of a range. */
    public static FakeBatch range(String lease, long first, int count, long from, long step) {
        return with(lease, first, count, "\"range\":{\"from\":%d,\"step\":%d}".formatted(from, step));
    }

    /** Creates a batch of tasks with arbitrary indexes. */
    public static FakeBatch scattered(String lease, long... indexes) {
        String list = LongStream.of(indexes).mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]"));
        return with(lease, 0, indexes.length, "\"indexes\":%s,\"args\":%s".formatted(list, list));
    }

    /** Returns the batch with a part of its JSON replaced. */
    public FakeBatch replacing(String part, String replacement) {
        if (!json.contains(part)) {
            throw new IllegalArgumentException(part + " is not in " + json);
        }
        return new FakeBatch(lease, first, count, json.replace(part, replacement));
    }

    /** Returns the batch with another target function. */
    public FakeBatch calling(String method) {
        return new FakeBatch(lease, first, count, json.replace("square(long)", method));
    }

    private static FakeBatch with(String lease, long first, int count, String arguments) {
        String json = """
                {"leaseId":"%s","jobId":"job-1","environmentId":"env-1","scope":"s","method":"square(long)",\
                "first":%d,"count":%d,%s,"attempt":1,"taskTimeoutSeconds":10,"maxResultBytes":1000000,\
                "network":false,"ofALaterVersion":{"x":[1]}}""".formatted(lease, first, count, arguments);
        return new FakeBatch(lease, first, count, json);
    }
}
