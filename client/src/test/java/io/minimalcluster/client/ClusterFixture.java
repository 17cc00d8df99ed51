package io.minimalcluster.client;

import org.junit.jupiter.api.AfterEach;

/** A cluster client of a fake master, for one test. */
abstract class ClusterFixture {
    final FakeMaster master = new FakeMaster();
    final Cluster cluster = Cluster.connect(master.url(), FakeMaster.KEY);

    @AfterEach
    void stop() {
        cluster.close();
        master.close();
    }

    RemoteFunction<Long, Long> function(String name) {
        return cluster.load("long square(long x) { return x * x; }").function(name, Long.class, Long.class);
    }

    /** Number of calls whose method and path have this end. */
    long calls(String end) {
        return master.calls().stream().filter(call -> call.endsWith(end)).count();
    }
}
