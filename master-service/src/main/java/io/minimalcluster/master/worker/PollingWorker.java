package io.minimalcluster.master.worker;

import io.minimalcluster.master.error.MasterException.WorkerUnknown;
import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.WorkerState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A worker that polls.
 *
 * @param held its leases that are OPEN or LAPSED, in the order of their allocation
 */
record PollingWorker(WorkerStatus status, List<Lease> held) {
    private static final String FIND = "select worker.state as worker_state, draining, shutting_down, last_seen_at, "
            + Lease.COLUMNS.replaceAll("(\\w+)", "lease.$1")
            + " from worker left join lease on lease.worker_id = worker.id and lease.state in ('OPEN', 'LAPSED')"
            + " where worker.id = :id order by lease.seq";

    PollingWorker {
        held = List.copyOf(held);
    }

    /**
     * Finds a worker and its leases.
     *
     * @throws WorkerUnknown if the worker left or was deleted
     */
    static PollingWorker find(JdbcClient sql, WorkerId worker) {
        ResultSetExtractor<Optional<PollingWorker>> reader = PollingWorker::read;
        return sql.sql(FIND)
                .param("id", worker.value())
                .query(reader)
                .filter(found -> found.status().state() != WorkerState.GONE)
                .orElseThrow(() -> WorkerLiveness.unknown(worker));
    }

    private static Optional<PollingWorker> read(ResultSet rows) throws SQLException {
        List<Lease> held = new ArrayList<>();
        WorkerStatus status = null;
        while (rows.next()) {
            status = WorkerStatus.of(rows, "worker_state");
            if (rows.getString("id") != null) {
                held.add(Lease.of(rows, held.size()));
            }
        }
        return status == null ? Optional.empty() : Optional.of(new PollingWorker(status, held));
    }
}
