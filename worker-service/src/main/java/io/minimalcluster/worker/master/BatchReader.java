package io.minimalcluster.worker.master;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.task.json.JsonScanner;
import io.minimalcluster.task.json.JsonSyntaxException;
import io.minimalcluster.worker.master.Batch.Arguments;
import io.minimalcluster.worker.master.JsonSlices.Slice;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads one batch. Arguments stay JSON text; the other fields are few and small. */
final class BatchReader {
    private static final double MAX_SECONDS = 1e9;

    private final byte[] json;
    private final FieldsOnly fields = new FieldsOnly();
    private @Nullable Arguments arguments;
    private int listedCount;

    private BatchReader(byte[] json) {
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

    /**
     * Reads the batch in a slice. If a part of it cannot be read, its arguments are {@link Arguments.Unreadable}.
     *
     * @throws IOException if it has no lease
     */
    static Batch read(byte[] json, Slice batch) throws IOException {
        BatchReader reader = new BatchReader(json);
        Exception failure = reader.readMembers(batch);
        if (reader.fields.leaseId.isEmpty()) {
            throw new IOException("a batch without a lease");
        }
        try {
            if (failure == null) {
                return reader.toBatch();
            }
        } catch (IllegalArgumentException e) {
            failure = e;
        }
        return Batch.unreadable(
                new LeaseId(reader.fields.leaseId),
                reader.fields.jobId,
                Math.max(0, reader.fields.first),
                PollResponseReader.reason(failure));
    }

    /** Reads all members, because a lease can be refused only if its id is known. Returns the first failure. */
    private @Nullable Exception readMembers(Slice batch) {
        Exception failure = null;
        try {
            for (Slice member : JsonSlices.members(json, batch)) {
                try {
                    field(member);
                } catch (IOException | JsonSyntaxException | JacksonException | IllegalArgumentException e) {
                    failure = failure == null ? new IOException(member.name() + ": " + e.getMessage(), e) : failure;
                }
            }
        } catch (IOException e) {
            failure = e;
        }
        return failure;
    }

    private void field(Slice member) throws IOException {
        switch (member.name()) {
            case "leaseId" -> fields.leaseId = take(member, String.class);
            case "jobId" -> fields.jobId = take(member, String.class);
            case "environmentId" -> fields.environmentId = take(member, String.class);
            case "scope" -> fields.scope = take(member, String.class);
            case "method" -> fields.method = take(member, String.class);
            case "first" -> fields.first = take(member, Long.class);
            case "count" -> fields.count = take(member, Integer.class);
            case "indexes" -> fields.indexes = isNull(member) ? null : take(member, long[].class);
            case "args" -> setArguments(isNull(member) ? null : listed(member));
            case "range" -> setArguments(isNull(member) ? null : range(take(member, Range.class)));
            case "attempt" -> fields.attempt = take(member, Integer.class);
            case "taskTimeoutSeconds" -> fields.taskTimeoutSeconds = take(member, Double.class);
            case "maxResultBytes" -> fields.maxResultBytes = take(member, Long.class);
            case "network" -> fields.network = take(member, Boolean.class);
            case "fold" -> fields.fold = take(member, Boolean.class);
            case "shared" -> fields.shared = isNull(member) ? null : take(member, String.class);
            default -> {}
        }
    }

    private void setArguments(@Nullable Arguments found) {
        if (found != null && arguments != null) {
            throw new IllegalArgumentException("arguments twice");
        }
        arguments = found == null ? arguments : found;
    }

    /** Counts the arguments, whose depth does not include the levels around them. */
    private Arguments listed(Slice member) throws IOException {
        JsonScanner scanner = JsonScanner.of(json, member.from(), member.to());
        scanner.enterArray();
        listedCount += scanner.countElements();
        return new Arguments.Listed(Arrays.copyOfRange(json, member.from(), member.to()));
    }

    private static Arguments range(Range range) {
        return new Arguments.Range(range.from(), range.step());
    }

    private boolean isNull(Slice member) {
        return json[member.from()] == 'n';
    }

    private <T> T take(Slice member, Class<T> type) {
        T value = ProtocolJson.MAPPER.readValue(json, member.from(), member.to() - member.from(), type);
        if (value == null) {
            throw new IllegalArgumentException("null");
        }
        return value;
    }

    private Batch toBatch() {
        if (arguments == null || fields.environmentId.isEmpty()) {
            throw new IllegalArgumentException("a batch without an environment or arguments");
        }
        if (arguments instanceof Arguments.Listed && listedCount != fields.count) {
            throw new IllegalArgumentException(listedCount + " arguments for " + fields.count + " tasks");
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
