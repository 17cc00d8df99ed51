package io.minimalcluster.chaos.cluster;

import io.minimalcluster.postgres.TestPostgres;
import java.util.List;
import java.util.Optional;

/** What a master keeps its state in, and the server that this run has started for it, if it has. */
public final class ChaosStore implements AutoCloseable {
    private final List<String> settings;
    private final Optional<TestPostgres> server;

    private ChaosStore(List<String> settings, Optional<TestPostgres> server) {
        this.settings = settings;
        this.server = server;
    }

    /** A store that nobody here has started: by these settings of a master. */
    public static ChaosStore of(List<String> settings) {
        return new ChaosStore(settings, Optional.empty());
    }

    /** A PostgreSQL of its own. */
    public static ChaosStore ownPostgres() {
        TestPostgres server = TestPostgres.start();
        return new ChaosStore(server.newDatabase().settings(), Optional.of(server));
    }

    /** Whether it is a server of this run's own. */
    public boolean canBeKilled() {
        return server.isPresent();
    }

    public List<String> settings() {
        return settings;
    }

    /** SIGKILL. */
    public void kill() {
        server.orElseThrow().kill();
    }

    /** Starts it again on what it had, and waits until it answers. */
    public void restart() {
        server.orElseThrow().restart();
    }

    @Override
    public void close() {
        server.ifPresent(TestPostgres::close);
    }
}
