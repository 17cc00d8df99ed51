package io.minimalcluster.chaos.cluster;

import io.minimalcluster.postgres.TestPostgres;
import java.util.List;
import java.util.Optional;

/** The store of a master, with its server if the run has started one. */
public final class ChaosStore implements AutoCloseable {
    private final List<String> settings;
    private final Optional<TestPostgres> server;

    private ChaosStore(List<String> settings, Optional<TestPostgres> server) {
        this.settings = settings;
        this.server = server;
    }

    /**
     * An external store.
     *
     * @param settings the settings of the master for this store
     */
    public static ChaosStore of(List<String> settings) {
        return new ChaosStore(settings, Optional.empty());
    }

    /** A PostgreSQL server started for this run. */
    public static ChaosStore ownPostgres() {
        TestPostgres server = TestPostgres.start();
        return new ChaosStore(server.newDatabase().settings(), Optional.of(server));
    }

    /** Whether this run has started the server. */
    public boolean canBeKilled() {
        return server.isPresent();
    }

    public List<String> settings() {
        return settings;
    }

    /** Kills the server by SIGKILL. */
    public void kill() {
        server.orElseThrow().kill();
    }

    /** Restarts the server with its data and waits until it is ready. */
    public void restart() {
        server.orElseThrow().restart();
    }

    @Override
    public void close() {
        server.ifPresent(TestPostgres::close);
    }
}
