package io.minimalcluster.master.environment;

import io.minimalcluster.master.error.MasterException.InsufficientStorage;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Checks the quota of environments per owner. */
@Component
final class EnvironmentQuota {
    private static final String COUNT = "select count(*) from environment_owner where owner = :owner";
    private static final String BYTES = """
            select coalesce(sum(octet_length(e.bundle) + (select count(*) from bundle_chunk where environment_id = e.id)
                                                         * :chunk), 0)
              from environment e join environment_owner o on o.environment_id = e.id
             where o.owner = :owner
            """;

    private final EnvironmentLimits limits;

    EnvironmentQuota(EnvironmentLimits limits) {
        this.limits = limits;
    }

    /**
     * Checks the quota, in the transaction that added an environment for the owner.
     *
     * @throws InsufficientStorage if the quota is exceeded
     */
    void check(JdbcClient sql, String owner) {
        long count = sql.sql(COUNT).param("owner", owner).query(Long.class).single();
        if (count > limits.environmentsPerOwner()) {
            throw quotaExceeded("You have " + (count - 1) + " environments, which is the quota.");
        }
        long bytes = sql.sql(BYTES)
                .param("owner", owner)
                .param("chunk", BundleChunks.CHUNK_BYTES)
                .query(Long.class)
                .single();
        if (bytes > limits.environmentBytesPerOwner().bytes()) {
            throw quotaExceeded("Your environments would have " + bytes + " bytes, which exceeds the quota.");
        }
    }

    private static InsufficientStorage quotaExceeded(String detail) {
        return new InsufficientStorage(detail + " Delete environments that are no longer needed.");
    }
}
