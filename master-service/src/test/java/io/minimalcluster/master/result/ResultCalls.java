package io.minimalcluster.master.result;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.minimalcluster.master.http.LenientJson;
import io.minimalcluster.master.http.TestJson;
import io.minimalcluster.master.job.JobWatch;
import io.minimalcluster.master.lease.Pace;
import io.minimalcluster.master.reduction.Reductions;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.work.WorkBell;
import io.minimalcluster.master.worker.SignOfLife;
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

/** What workers call to post results, without a web server around. */
public final class ResultCalls {
    private static final LenientJson JSON = new LenientJson(TestJson.STRICT);
    private static final int MOST_BYTES = 1_000_000;

    private final Store store;
    private final InstantSource clock;
    private final RecordPart recordPart;
    private final JobWatch watch = new JobWatch();
    private final AfterRecording after;
    private final LostTasks lost;

    public ResultCalls(Store store, InstantSource clock, WorkBell bell, Pace pace, Reductions reductions) {
        this.store = store;
        this.clock = clock;
        this.recordPart = new RecordPart(clock, TestJson.STRICT);
        this.lost = new LostTasks(recordPart);
        this.after = new AfterRecording(watch, bell, pace, TestWorkers.rates(), reductions, new SimpleMeterRegistry());
    }

    /** Where those are told who wait for a job. */
    public JobWatch watch() {
        return watch;
    }

    /** Posts a part, which is JSON. */
    public Recorded post(WorkerId worker, LeaseId lease, String part) {
        PostedPart posted = read(part);
        RecordPart.Outcome outcome = store.writeAndWait(sql -> {
            SignOfLife.of(sql, worker, clock.millis());
            return recordPart.record(sql, worker, lease, posted);
        });
        after.recorded(worker, lease, outcome, posted);
        return outcome.recorded();
    }

    /** Gives up the tasks of one lease that were lost too often; false if there are none. */
    public boolean giveUpSome() {
        List<LostTasks.GivenUp> some = store.writeAndWait(lost::giveUpSome);
        some.forEach(each -> after.recorded(each.lease().worker(), each.lease().id(), each.outcome(), each.part()));
        return !some.isEmpty();
    }

    private static PostedPart read(String part) {
        try {
            return new PartReader(JSON, new ByteArrayInputStream(part.getBytes(StandardCharsets.UTF_8)), MOST_BYTES)
                    .read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
