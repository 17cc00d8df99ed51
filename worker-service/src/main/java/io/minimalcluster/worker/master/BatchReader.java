package io.minimalcluster.worker.master;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.task.json.JsonScanner;
import io.minimalcluster.worker.master.Batch.Arguments;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads one batch. Arguments stay JSON text; the other fields are few and small. */
final class BatchReader {
    private static final double MAX_SECONDS = 1e9;

    private final JsonScanner scanner;
    private final byte[] json;
    private final FieldsOnly fields = new FieldsOnly();
    private @Nullable Arguments arguments;

    BatchReader(JsonScanner scanner, byte[] json) {
        this.scanner = scanner;
        this.json = json;
    }

    /** The fields of a batch except its arguments. */
    private static final class FieldsOnly {
        String leaseId = "";
        String jobId = "";
        String environmentId = "";
        String scope = "";
        String method = "";
        long first;
        int count;
        long @Nullable [] indexes;
        int attempt = 1;
        double taskTimeoutSeconds;
        long maxResultBytes = Integer.MAX_VALUE;
        boolean network;
        boolean fold;

        @Nullable
        String shared;
    }

    /** The range of a job. */
    private record Range(long from, long step) {}

    Batch read() throws IOException {
        scanner.enterObject();
        for (String name = scanner.nextField(); name != null; name = scanner.nextField()) {
            scanner.value();
            field(name);
        }
        return toBatch();
    }

    private void field(String name) {
        switch (name) {
            case "leaseId" -> fields.leaseId = take(String.class);
            case "jobId" -> fields.jobId = take(String.class);
            case "environmentId" -> fields.environmentId = take(String.class);
            case "scope" -> fields.scope = take(String.class);
            case "method" -> fields.method = take(String.class);
            case "first" -> fields.first = take(Long.class);
            case "count" -> fields.count = take(Integer.class);
            case "indexes" -> fields.indexes = isNull() ? null : take(long[].class);
            case "args" -> arguments = isNull() ? arguments : new Arguments.Listed(copy());
            case "range" -> arguments = isNull() ? arguments : range(take(Range.class));
            case "attempt" -> fields.attempt = take(Integer.class);
            case "taskTimeoutSeconds" -> fields.taskTimeoutSeconds = take(Double.class);
            case "maxResultBytes" -> fields.maxResultBytes = take(Long.class);
            case "network" -> fields.network = take(Boolean.class);
            case "fold" -> fields.fold = take(Boolean.class);
            case "shared" -> fields.shared = isNull() ? null : take(String.class);
            default -> {}
        }
    }

    private static Arguments range(Range range) {
        return new Arguments.Range(range.from(), range.step());
    }

    private boolean isNull() {
        return json[scanner.start()] == 'n';
    }

    private byte[] copy() {
        return Arrays.copyOfRange(json, scanner.start(), scanner.end());
    }

    private <T> T take(Class<T> type) {
        return ProtocolJson.MAPPER.readValue(json, scanner.start(), scanner.end() - scanner.start(), type);
    }

    private Batch toBatch() {
        if (arguments == null || fields.leaseId.isEmpty() || fields.environmentId.isEmpty()) {
            throw new IllegalArgumentException("a batch without a lease, an environment or arguments");
        }
        double seconds = Math.clamp(fields.taskTimeoutSeconds, 0, MAX_SECONDS);
        return new Batch(
                new LeaseId(fields.leaseId),
                new JobId(fields.jobId),
                new EnvironmentId(fields.environmentId),
                fields.scope,
                fields.method,
                fields.first,
                fields.count,
                fields.indexes,
                arguments,
                fields.attempt,
                Duration.ofMillis(Math.round(seconds * 1000)),
                Math.clamp(fields.maxResultBytes, 1, Integer.MAX_VALUE),
                fields.network,
                fields.fold,
                fields.shared);
    }
}
