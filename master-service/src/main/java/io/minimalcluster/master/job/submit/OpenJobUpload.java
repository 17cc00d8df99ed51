package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.error.MasterException.InsufficientStorage;
import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.id.IdGenerator;
import io.minimalcluster.master.job.argument.ArgumentLimits;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.store.DiskSpaceGuard;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.JobId;
import java.time.Duration;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opens the upload of a job. The job is invisible until {@link SubmitJob} has stored all of it. A failed upload leaves
 * no rows.
 */
@Component
public class OpenJobUpload {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Store store;
    private final DiskSpaceGuard diskSpace;
    private final JsonMapper json;
    private final ArgumentLimits limits;
    private final PollRegistry pollRegistry;
    private final IdGenerator idGenerator;

    public OpenJobUpload(
            Store store,
            DiskSpaceGuard diskSpace,
            JsonMapper json,
            ArgumentLimits limits,
            PollRegistry pollRegistry,
            IdGenerator idGenerator) {
        this.store = store;
        this.diskSpace = diskSpace;
        this.json = json;
        this.limits = limits;
        this.pollRegistry = pollRegistry;
        this.idGenerator = idGenerator;
    }

    /**
     * Opens an upload.
     *
     * @throws InsufficientStorage if the disk is too full for new jobs
     * @throws Unavailable if the master shuts down
     */
    public JobUpload begin(Caller caller) {
        if (pollRegistry.isClosed()) {
            throw new Unavailable("The master is shutting down.", RETRY_AFTER);
        }
        diskSpace.check();
        JobId id = idGenerator.job();
        SegmentSpool spool = new SegmentSpool(store, caller.owner(), id, sql -> {
            diskSpace.check();
            JobInsert.checkQuota(sql, caller.owner(), limits.jobsPerOwner());
        });
        ArgumentUpload arguments = new ArgumentUpload(new JsonFieldReader(json), limits, spool);
        return new JobUpload(caller, id, spool, arguments);
    }
}
