package io.minimalcluster.master.result.record;

import io.minimalcluster.master.maintenance.MaintenanceTask;
import io.minimalcluster.master.result.record.FailLostTasks.FailedPart;
import io.minimalcluster.master.store.Store;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Runs {@link FailLostTasks} every second. The leases to fail are read from the store, so a restart loses none. */
@Component
class LostTaskScanner implements MaintenanceTask {
    private static final Logger log = LoggerFactory.getLogger(LostTaskScanner.class);

    private final Store store;
    private final FailLostTasks lost;
    private final RecordingEffects after;

    LostTaskScanner(Store store, RecordPart recordPart, RecordingEffects after) {
        this.store = store;
        this.lost = new FailLostTasks(recordPart);
        this.after = after;
    }

    @Override
    public void tick() {
        List<FailedPart> failed = store.writeAndWait(lost::failNext);
        while (!failed.isEmpty()) {
            failed.forEach(this::publish);
            failed = store.writeAndWait(lost::failNext);
        }
    }

    private void publish(FailedPart each) {
        if (each.part().range().count() > 0) {
            log.warn(
                    "event=tasks.lost job={} first={} count={}",
                    each.outcome().jobId(),
                    each.part().range().first(),
                    each.part().range().count());
        }
        after.recorded(each.lease().worker(), each.lease().id(), each.outcome(), each.part());
    }
}
