package io.minimalcluster.master.result.record;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.minimalcluster.master.http.json.LenientJson;
import io.minimalcluster.master.http.json.TestJson;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.reduce.Reductions;
import io.minimalcluster.master.scheduling.BatchPace;
import io.minimalcluster.master.scheduling.LastPolls;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.worker.TestWorkers;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Recorded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/** Worker calls that post results, without a web server. */
public final class ResultCalls {
    private static final LenientJson JSON = new LenientJson(TestJson.STRICT);
    private static final int MAX_RESULT_BYTES = 1_000_000;

    private final Store store;
    private final RecordPart recordPart;
    private final JobSubscriptions subscriptions = new JobSubscriptions();
    private final RecordingEffects effects;
    private final FailLostTasks failLostTasks;

    public ResultCalls(
            Store store,
            InstantSource clock,
            PollRegistry pollRegistry,
            LastPolls lastPolls,
            BatchPace batchPace,
            Reductions reductions) {
        this.store = store;
        this.recordPart = new RecordPart(clock, TestJson.STRICT);
        this.failLostTasks = new FailLostTasks(recordPart);
        this.effects = new RecordingEffects(
                subscriptions,
                pollRegistry,
                lastPolls,
                batchPace,
                TestWorkers.rates(),
                reductions,
                new SimpleMeterRegistry());
    }

    /** Subscriptions that are notified of changes of jobs. */
    public JobSubscriptions subscriptions() {
        return subscriptions;
    }

    /** Posts a result part in JSON. */
    public Recorded post(WorkerId worker, LeaseId lease, String part) {
        ResultPart posted = read(part);
        RecordPart.Outcome outcome = store.writeAndWait(sql -> recordPart.post(sql, worker, lease, posted));
        effects.recorded(worker, lease, outcome, posted);
        return outcome.recorded();
    }

    /** Fails tasks of one lease that were lost too often and returns false if there are none. */
    public boolean failLostTasks() {
        List<FailLostTasks.FailedPart> some = store.writeAndWait(failLostTasks::failNext);
        some.forEach(
                each -> effects.recorded(each.lease().worker(), each.lease().id(), each.outcome(), each.part()));
        return !some.isEmpty();
    }

    private static ResultPart read(String part) {
        try {
            return new ResultPartReader(
                            JSON, new ByteArrayInputStream(part.getBytes(StandardCharsets.UTF_8)), MAX_RESULT_BYTES)
                    .read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
