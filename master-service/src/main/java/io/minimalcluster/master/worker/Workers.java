package io.minimalcluster.master.worker;

import io.minimalcluster.master.audit.AuditedCall;
import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.error.MasterException.Conflict;
import io.minimalcluster.master.error.MasterException.NotFound;
import io.minimalcluster.master.error.MasterException.WorkerUnknown;
import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.id.IdGenerator;
import io.minimalcluster.master.scheduling.Leases;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.Page;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.NewWorker;
import io.minimalcluster.model.worker.WorkerState;
import io.minimalcluster.model.worker.WorkerView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Registers, updates and lists workers in the store. */
@Component
public class Workers {
    private static final String ADD = """
            insert into worker (id, name, host, pid, slots, labels, isolation, local, network, memory_bytes, version, java_version, state,
                                heartbeat_count, registered_at, last_seen_at, tasks_done)
            values (:id, :name, :host, :pid, :slots, :labels, :isolation, :local, :network, :memory, :version, :javaVersion, 'ACTIVE',
                    0, :now, :now, 0)
            """;
    private static final String SET_STATE = """
            update worker set state = case when trouble is not null then 'DRAINING' else :state end, draining = :draining
             where id = :id and state in ('ACTIVE', 'DRAINING')
            """;
    private static final String LEAVE = """
            update worker set state = 'GONE' where id = :id
            """;
    private static final String LIST = """
            select w.*, (select count(*) from lease l where l.worker_id = w.id and l.state in ('OPEN', 'LAPSED')) as held
              from worker w where w.seq < :before and (cast(:state as text) is null or w.state = :state)
             order by w.seq desc limit :limit
            """;

    private static final String END_ALL = """
            update worker set shutting_down = 1 where state in ('ACTIVE', 'DRAINING') and local = 0
            """;
    private static final String COUNT_SHUTTING_DOWN = """
            select count(*) from worker where state in ('ACTIVE', 'DRAINING') and shutting_down = 1
            """;
    private static final String DELETE_SILENT = """
            delete from worker where state in ('SILENT', 'LOST', 'GONE') and last_seen_at < :before returning id
            """;

    private final Store store;
    private final InstantSource clock;
    private final JsonMapper json;
    private final TaskRates taskRates;
    private final WorkerLoads loads;
    private final Heartbeats heartbeats;
    private final IdGenerator idGenerator;

    Workers(
            Store store,
            InstantSource clock,
            JsonMapper json,
            TaskRates taskRates,
            WorkerLoads loads,
            Heartbeats heartbeats,
            IdGenerator idGenerator) {
        this.store = store;
        this.clock = clock;
        this.json = json;
        this.taskRates = taskRates;
        this.loads = loads;
        this.heartbeats = heartbeats;
        this.idGenerator = idGenerator;
    }

    /** Registers a worker. The leases of the id that it replaces are returned. */
    WorkerId register(NewWorker worker) {
        WorkerId id = idGenerator.worker();
        store.writeAndWait(AuditedCall.with(id.value(), sql -> {
            if (worker.replaces() != null) {
                leave(sql, worker.replaces());
            }
            return add(sql, id, worker);
        }));
        return id;
    }

    private int add(JdbcClient sql, WorkerId id, NewWorker worker) {
        return sql.sql(ADD)
                .param("id", id.value())
                .param("name", worker.name())
                .param("host", worker.host())
                .param("pid", worker.pid())
                .param("slots", worker.slots())
                .param("labels", json.writeValueAsString(worker.labels()))
                .param("isolation", worker.isolation().name())
                .param("local", Boolean.TRUE.equals(worker.local()) ? 1 : 0)
                .param("network", Boolean.TRUE.equals(worker.network()) ? 1 : 0)
                .param("memory", worker.memoryBytes())
                .param("version", worker.version())
                .param("javaVersion", worker.javaVersion())
                .param("now", clock.millis())
                .update();
    }

    /** Removes a worker. Returns true if its leases had unfinished tasks, which are pending now. */
    boolean leave(WorkerId id) {
        return store.writeAndWait(AuditedCall.with(id.value(), sql -> leave(sql, id)));
    }

    private boolean leave(JdbcClient sql, WorkerId id) {
        heartbeats.forget(id);
        sql.sql(LEAVE).param("id", id.value()).update();
        return Leases.heldBy(sql, id).stream()
                .map(lease -> Leases.returnTasks(sql, lease))
                .reduce(false, Boolean::logicalOr);
    }

    /**
     * Sets a worker to DRAINING or ACTIVE.
     *
     * @throws Conflict if the worker is silent
     * @throws NotFound if the worker is unknown or left
     */
    void set(WorkerId id, WorkerState state) {
        store.writeAndWait(AuditedCall.with(id.value(), sql -> {
            if (setState(sql, id, state) == 0) {
                throw notActive(sql, id);
            }
            return state;
        }));
    }

    /** The error for a worker that is not active. A silent worker has to reconnect first. */
    private static MasterException notActive(JdbcClient sql, WorkerId id) {
        try {
            WorkerState state = WorkerLiveness.statusOf(sql, id).state();
            return new Conflict("Worker " + id + " has timed out.", state.name());
        } catch (WorkerUnknown e) {
            return new NotFound("worker " + id);
        }
    }

    private static int setState(JdbcClient sql, WorkerId id, WorkerState state) {
        return sql.sql(SET_STATE)
                .param("state", state.name())
                .param("draining", state == WorkerState.DRAINING ? 1 : 0)
                .param("id", id.value())
                .update();
    }

    /**
     * Checks that a worker is registered, without the store if a heartbeat of the worker has been written.
     *
     * @throws io.minimalcluster.master.error.MasterException.WorkerUnknown if the worker is unknown or left
     */
    void checkKnown(WorkerId id) {
        if (!heartbeats.isKnown(id)) {
            store.read(sql -> WorkerLiveness.statusOf(sql, id));
        }
    }

    /** Tells all workers except local ones to shut down. Returns their number. */
    public int endAll() {
        return store.writeAndWait(sql -> sql.sql(END_ALL).update());
    }

    /** Number of workers that were told to shut down and are still registered. */
    public int countShuttingDown() {
        return store.read(
                sql -> sql.sql(COUNT_SHUTTING_DOWN).query(Integer.class).single());
    }

    /** Deletes workers without contact for the given time. Returns their number. */
    int deleteSilent(Duration gap) {
        long before = clock.millis() - gap.toMillis();
        return store.writeAndWait(sql -> {
            List<WorkerId> deleted = sql.sql(DELETE_SILENT)
                    .param("before", before)
                    .query((row, _) -> new WorkerId(row.getString(1)))
                    .list();
            deleted.forEach(heartbeats::forget);
            return deleted.size();
        });
    }

    Page<WorkerView> list(PageRequest page, @Nullable WorkerState state) {
        WorkerRow row = new WorkerRow(json, taskRates, loads);
        List<WorkerRow.Numbered> rows = store.read(sql -> sql.sql(LIST)
                .param("before", page.before())
                .param("limit", page.oneMore())
                .param("state", state == null ? null : state.name())
                .query(row)
                .list());
        return page.page(rows, WorkerRow.Numbered::seq, WorkerRow.Numbered::worker);
    }
}
