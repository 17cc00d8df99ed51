package io.minimalcluster.master.result.record;

import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.worker.WorkerStatus;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A lease with its job and its worker.
 *
 * @param job null if the job was deleted
 * @param isWorkerActive whether the worker is ACTIVE or DRAINING
 */
record LeasedWork(Lease lease, @Nullable JobRecordingInfo job, boolean isWorkerActive) {
    private static final String FIND = "select " + Lease.COLUMNS.replaceAll("(\\w+)", "lease.$1") + ", "
            + JobRecordingInfo.COLUMNS + ", worker.state as worker_state"
            + " from lease left join job on job.seq = lease.job_seq and job.state <> 'DELETED'"
            + " left join worker on worker.id = lease.worker_id"
            + " where lease.id = :id and lease.worker_id = :worker";

    /** Finds a lease of a worker. */
    static Optional<LeasedWork> find(JdbcClient sql, WorkerId worker, LeaseId id) {
        return sql.sql(FIND)
                .param("id", id.value())
                .param("worker", worker.value())
                .query(LeasedWork::of)
                .optional();
    }

    private static LeasedWork of(ResultSet row, int number) throws SQLException {
        return new LeasedWork(
                Lease.of(row, number),
                row.getString("job_id") == null ? null : JobRecordingInfo.of(row),
                WorkerStatus.isActive(row.getString("worker_state")));
    }
}
