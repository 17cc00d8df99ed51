package io.minimalcluster.master.environment;

import io.minimalcluster.master.error.MasterException.InsufficientStorage;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What one client may keep in environments. */
@Component
final class EnvironmentQuota {
    private static final String COUNT = "select count(*) from environment_owner where owner = :owner";
    private static final String BYTES = """
            select coalesce(sum(octet_length(e.bundle) + (select count(*) from bundle_piece where environment_id = e.id)
                                                         * :piece), 0)
              from environment e join environment_owner o on o.environment_id = e.id
             where o.owner = :owner
            """;

    private final EnvironmentLimits limits;

    EnvironmentQuota(EnvironmentLimits limits) {
        this.limits = limits;
    }

    /**
     * Checks it, in the transaction that has given the client one more.
     *
     * @throws InsufficientStorage if that is too much
     */
    void check(JdbcClient sql, String owner) {
        long count = sql.sql(COUNT).param("owner", owner).query(Long.class).single();
        if (count > limits.environmentsPerOwner()) {
            throw tooMuch("You have " + (count - 1) + " environments, which is as many as you may have.");
        }
        long bytes = sql.sql(BYTES)
                .param("owner", owner)
                .param("piece", BundleChunks.PIECE)
                .query(Long.class)
                .single();
        if (bytes > limits.environmentBytesPerOwner().bytes()) {
            throw tooMuch("Your environments would have " + bytes + " bytes, which is more than you may keep.");
        }
    }

    private static InsufficientStorage tooMuch(String detail) {
        return new InsufficientStorage(detail + " Delete some that are not needed any more.");
    }
}
