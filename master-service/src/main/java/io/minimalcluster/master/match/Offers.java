package io.minimalcluster.master.match;

import io.minimalcluster.model.WorkerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What workers offer, which never changes: those that were asked for lately are kept in memory. */
@Component
public class Offers {
    private static final String FIND = "select labels, network from worker where id = :id";
    private static final int WORKERS = 10_000;

    // guarded by itself
    private final Map<WorkerId, Abilities> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<WorkerId, Abilities> eldest) {
            return size() > WORKERS;
        }
    };

    /** What the worker offers; nothing if it is not known. */
    public Abilities of(JdbcClient sql, WorkerId worker) {
        Abilities there = find(worker);
        return there == null ? look(sql, worker) : there;
    }

    private @Nullable Abilities find(WorkerId worker) {
        synchronized (known) {
            return known.get(worker);
        }
    }

    private Abilities look(JdbcClient sql, WorkerId worker) {
        Optional<Abilities> found =
                sql.sql(FIND).param("id", worker.value()).query(Offers::row).optional();
        synchronized (known) {
            found.ifPresent(abilities -> known.put(worker, abilities));
        }
        return found.orElse(new Abilities(Map.of(), false));
    }

    /** What a row of a worker says of it. */
    public static Abilities row(ResultSet row, int number) throws SQLException {
        Map<String, String> labels =
                JsonMapper.shared().readerForMapOf(String.class).readValue(row.getString("labels"));
        return new Abilities(labels, row.getBoolean("network"));
    }
}
