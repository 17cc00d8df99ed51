package io.minimalcluster.master.job;

import io.minimalcluster.master.argument.ArgumentLimits;
import io.minimalcluster.master.id.NewIds;
import io.minimalcluster.master.problem.MasterException.InsufficientStorage;
import io.minimalcluster.master.problem.MasterException.Unavailable;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.store.Room;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.work.WorkBell;
import io.minimalcluster.model.JobId;
import java.time.Duration;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Begins to take a job in: nobody sees it before {@link KeepJob} has all of it on disk, and nothing of it stays if it
 * is broken.
 */
@Component
public class ReceiveJob {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Store store;
    private final Room room;
    private final JsonMapper json;
    private final ArgumentLimits limits;
    private final WorkBell bell;
    private final NewIds ids;

    ReceiveJob(Store store, Room room, JsonMapper json, ArgumentLimits limits, WorkBell bell, NewIds ids) {
        this.store = store;
        this.room = room;
        this.json = json;
        this.limits = limits;
        this.bell = bell;
        this.ids = ids;
    }

    /**
     * Begins to take a job in.
     *
     * @throws InsufficientStorage if there is no room for anything new
     */
    public IncomingJob begin(Caller caller) {
        if (bell.isClosed()) {
            throw new Unavailable("The master is going down.", RETRY_AFTER);
        }
        room.check();
        JobId id = ids.job();
        ReceivedJob received = new ReceivedJob(store, caller.owner(), id, sql -> {
            room.check();
            NewJobRow.checkQuota(sql, caller.owner(), limits.jobsPerOwner());
        });
        PostedArguments arguments = new PostedArguments(new SmallField(json), limits, received);
        return new IncomingJob(caller, id, received, arguments);
    }
}
