package io.minimalcluster.master.reduce;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.master.id.IdGenerator;
import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.job.Jobs;
import io.minimalcluster.master.job.submit.ReductionJob;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.segment.ResultSegments;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.job.JobState;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Folds values by a method of the environment in rounds of internal jobs. Each task of such a job folds a group of
 * values. Its results are the input of the next round, until one value is left.
 */
@Component
class FoldByMethod {
    private static final Logger log = LoggerFactory.getLogger(FoldByMethod.class);

    private final Store store;
    private final InstantSource clock;
    private final ValueReader values;
    private final ReductionEnd reductionEnd;
    private final PollRegistry pollRegistry;
    private final IdGenerator idGenerator;

    FoldByMethod(
            Store store,
            InstantSource clock,
            ValueReader values,
            ReductionEnd reductionEnd,
            PollRegistry pollRegistry,
            IdGenerator idGenerator) {
        this.store = store;
        this.clock = clock;
        this.values = values;
        this.reductionEnd = reductionEnd;
        this.pollRegistry = pollRegistry;
        this.idGenerator = idGenerator;
    }

    /** Starts the next round unless one is running. */
    void step(JobRow job, Reduction reduction, String signature) {
        Long child = reduction.child();
        if (child == null) {
            fold(job, reduction, job, signature);
            return;
        }
        Optional<JobRow> round = store.read(sql -> Jobs.bySeq(sql, child));
        JobState state = round.map(JobRow::state).orElse(JobState.CANCELLED);
        if (state == JobState.SUCCEEDED) {
            fold(job, reduction, round.orElseThrow(), signature);
        } else if (state.isTerminal()) {
            reductionEnd.failed(job, reduction, "reduce " + signature + " failed" + firstError(child));
        }
    }

    private void fold(JobRow job, Reduction reduction, JobRow source, String signature) {
        long total = source.tasks().total();
        if (total == 1) {
            reductionEnd.succeeded(job, reduction, singleValue(source));
            return;
        }
        try (ReductionJob next = new ReductionJob(store, job, idGenerator.job())) {
            FoldGroups groups = new FoldGroups(next);
            values.forEach(source, 0, total, groups);
            groups.endGroup();
            ReductionJob.Started started = next.start(signature, clock.millis(), (sql, seq) -> {
                int updated = reduction.startRound(sql, seq);
                if (updated == 0) {
                    throw new IllegalStateException("the reduction of job " + job.id() + " was changed concurrently");
                }
                return updated;
            });
            log.info("event=job.reducing job={} values={} groups={}", job.id(), total, started.tasks());
            pollRegistry.notifyWork(started.requirements(), started.tasks());
        }
        reductionEnd.removeJob(reduction.child());
    }

    private String singleValue(JobRow source) {
        StringBuilder value = new StringBuilder();
        values.forEach(
                source, 0, 1, (index, data, start, end) -> value.append(new String(data, start, end - start, UTF_8)));
        return value.toString();
    }

    private String firstError(long child) {
        return store.read(sql ->
                ResultSegments.firstErrors(sql, child).map(FoldByMethod::text).orElse(""));
    }

    private static String text(String errors) {
        JsonNode error = JsonMapper.shared().readTree(errors).path(0);
        String type = error.path("type").asString("");
        String message = error.path("message").asString("");
        return ": " + (type.isEmpty() ? error.path("kind").asString("") : type)
                + (message.isEmpty() ? "" : ": " + message);
    }
}
