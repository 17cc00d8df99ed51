package io.minimalcluster.master.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.minimalcluster.master.http.budget.ResponseBuffer;
import io.minimalcluster.master.http.direct.JsonPieces;
import io.minimalcluster.master.job.Jobs;
import io.minimalcluster.master.job.RecentJobs;
import io.minimalcluster.master.job.RecentJobs.RecentJob;
import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.segment.ArgumentSegments;
import io.minimalcluster.master.segment.IndexRange;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.job.TaskRange;
import io.minimalcluster.worker.settings.ExecutorSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Serializes responses to polls. Arguments are copied as they were submitted. */
@Component
class PollResponseWriter {

    /** Size at which a response is full. A batch that does not fit is sent with the next response. */
    private static final int FULL_BYTES = 8 * 1024 * 1024;

    private final Store store;
    private final RecentJobs recentJobs;
    private final JsonMapper mapper;
    private final ExecutorSettings limits;
    private final Counter batches;
    private final Counter reclaimed;
    private final Counter copies;

    PollResponseWriter(
            Store store, RecentJobs recentJobs, JsonMapper mapper, ExecutorSettings limits, MeterRegistry registry) {
        this.store = store;
        this.recentJobs = recentJobs;
        this.mapper = mapper;
        this.limits = limits;
        this.batches = registry.counter("minimalcluster.batches");
        this.reclaimed = registry.counter("minimalcluster.tasks.reclaimed");
        this.copies = registry.counter("minimalcluster.speculative.copies.started");
    }

    JsonPieces write(PollResponse response) {
        if (!response.leases().isEmpty()) {
            ResponseBuffer.reserve();
        }
        reclaimed.increment((double) response.mitigation().tasks());
        copies.increment(response.mitigation().copies());
        JsonPieces json = new JsonPieces();
        json.add("{\"batches\":[");
        boolean isFirst = true;
        for (Lease lease : response.leases()) {
            JsonPieces batch = batch(lease);
            if (!isFirst && json.length() + batch.length() > FULL_BYTES) {
                break;
            }
            if (batch.length() > 0) {
                if (!isFirst) {
                    json.add(",");
                }
                json.addAll(batch);
                batches.increment();
                isFirst = false;
            }
        }
        json.add("],\"shrunk\":");
        json.add(mapper.writeValueAsBytes(response.shrunk()));
        json.add(",\"stop\":");
        json.add(mapper.writeValueAsBytes(response.stop()));
        json.add(",\"drain\":" + response.drain() + (response.shutdown() ? ",\"shutdown\":true}" : "}"));
        return json;
    }

    /** Serializes a batch. Empty if its job was deleted meanwhile. */
    private JsonPieces batch(Lease lease) {
        JsonPieces batch = new JsonPieces();
        RecentJob job = recentJobs.find(lease.jobSeq()).orElse(null);
        if (job == null) {
            return batch;
        }
        List<Segment> arguments = job.range() == null ? arguments(job, lease) : List.of();
        if (job.range() == null && arguments.isEmpty()) {
            return batch;
        }
        byte[] fields = mapper.writeValueAsBytes(fields(job, lease));
        batch.add(fields, 0, fields.length - 1);
        TaskRange range = job.range();
        if (range != null) {
            batch.add(",\"range\":{\"from\":" + range.from() + ",\"step\":" + range.step() + "}}");
        } else {
            batch.add(",\"args\":[");
            arguments.forEach(segment -> add(batch, segment, lease));
            batch.add("]}");
        }
        return batch;
    }

    private BatchFields fields(RecentJob job, Lease lease) {
        return new BatchFields(
                lease.id(),
                job.id(),
                job.environmentId(),
                ReuseScope.of(job.owner()),
                job.method(),
                lease.first(),
                lease.count(),
                lease.attempt(),
                job.taskTimeoutSeconds(),
                limits.maxResult().bytes(),
                job.executionMode().network(),
                job.executionMode().fold(),
                job.executionMode().sharedSha256());
    }

    /** The arguments of a batch; empty if its job was deleted meanwhile. */
    private List<Segment> arguments(RecentJob job, Lease lease) {
        Segment all = job.arguments();
        IndexRange range = new IndexRange(lease.first(), lease.last());
        return all == null
                ? store.read(sql -> Jobs.bySeq(sql, lease.jobSeq()).isPresent()
                        ? ArgumentSegments.within(sql, lease.jobSeq(), range)
                        : List.of())
                : List.of(all);
    }

    private static void add(JsonPieces batch, Segment segment, Lease lease) {
        if (segment.first() > lease.first()) {
            batch.add(",");
        }
        Segment.Slice slice =
                segment.slice(Math.max(lease.first(), segment.first()), Math.min(lease.last(), segment.end()));
        batch.add(slice.bytes(), slice.offset(), slice.length());
    }

    /** The fields of a batch except its arguments. */
    private record BatchFields(
            LeaseId leaseId,
            JobId jobId,
            EnvironmentId environmentId,
            String scope,
            String method,
            long first,
            int count,
            int attempt,
            double taskTimeoutSeconds,
            long maxResultBytes,
            boolean network,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean fold,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String shared) {}
}
