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

/** Reads an environment from a row. */
final class EnvironmentRow implements RowMapper<Environment> {
    private final JsonMapper json;
    private final Caller caller;

    EnvironmentRow(JsonMapper json, Caller caller) {
        this.json = json;
        this.caller = caller;
    }

    /** The parameters of a condition that leaves the caller what it may see. */
    static Map<String, ?> visibleTo(Caller caller) {
        return Map.of("all", caller.seesAll(), "owner", caller.owner());
    }

    /** The parameters of a condition that leaves the caller what it may change. */
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

    /** Who may not see sources sees no line of them. */
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

    /** With its place in the list. */
    record Numbered(long seq, Environment environment) {}
}
