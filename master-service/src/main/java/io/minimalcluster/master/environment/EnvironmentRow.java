package io.minimalcluster.master.environment;

import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.Role;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.environment.Diagnostic;
import io.minimalcluster.model.environment.Environment;
import io.minimalcluster.model.environment.TargetFunction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.databind.json.JsonMapper;

/** Maps a row to an environment, as visible to a caller. */
final class EnvironmentRow implements RowMapper<Environment> {
    private final JsonMapper json;
    private final Caller caller;

    EnvironmentRow(JsonMapper json, Caller caller) {
        this.json = json;
        this.caller = caller;
    }

    /** SQL parameters that restrict rows to those visible to the caller. */
    static Map<String, ?> visibleTo(Caller caller) {
        return Map.of("all", caller.seesAll(), "owner", caller.owner());
    }

    /** SQL parameters that restrict rows to those that the caller may change. */
    static Map<String, ?> changeableBy(Caller caller) {
        return Map.of("all", caller.has(Role.ADMIN), "owner", caller.owner());
    }

    @Override
    public Environment mapRow(ResultSet row, int number) throws SQLException {
        return new Environment(
                new EnvironmentId(row.getString("id")),
                row.getString("name"),
                json.readerForListOf(TargetFunction.class).readValue(row.getString("functions")),
                warnings(row),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getString("owner"),
                row.getString("sha256"));
    }

    /** Compiler warnings. Source lines are removed for callers that may not read the sources. */
    private List<Diagnostic> warnings(ResultSet row) throws SQLException {
        List<Diagnostic> warnings = json.readerForListOf(Diagnostic.class).readValue(row.getString("warnings"));
        return caller.owns(row.getString("owner"))
                ? warnings
                : warnings.stream().map(EnvironmentRow::withoutLine).toList();
    }

    private static Diagnostic withoutLine(Diagnostic warning) {
        return new Diagnostic(
                warning.source(),
                warning.line(),
                warning.column(),
                warning.severity(),
                warning.code(),
                warning.message(),
                "");
    }

    RowMapper<Numbered> numbered() {
        return (row, number) -> new Numbered(row.getLong("seq"), mapRow(row, number));
    }

    /** An environment with its position in the list. */
    record Numbered(long seq, Environment environment) {}
}
