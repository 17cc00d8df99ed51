package io.minimalcluster.benchmarks;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.local.Installation;
import io.minimalcluster.client.local.LocalCluster;
import io.minimalcluster.client.local.TemporaryFolder;
import java.util.ArrayList;
import java.util.List;

/** The cold start: from the launch of a master and two workers to the first value of new code. */
final class ColdStartBenchmark implements Benchmark {
    static final String NAME = "cold start of a master and two workers, launch to first value";

    private final Installation installation;

    ColdStartBenchmark(Installation installation) {
        this.installation = installation;
    }

    @Override
    public List<Measurement> measure(Workload running, int rounds) throws Exception {
        List<Double> samples = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            try (LocalCluster cluster = new LocalCluster(installation, new TemporaryFolder("minimalcluster-bench-"))) {
                samples.add(Sampler.seconds(() -> firstValue(cluster)));
            }
        }
        return List.of(new Measurement(NAME, "s", samples, 4, 2));
    }

    private static void firstValue(LocalCluster cluster) throws Exception {
        cluster.launchMaster(List.of("--minimalcluster.local-worker.enabled=false"));
        for (String name : List.of("first", "second")) {
            cluster.startWorker(name, Benchmarks.WORKER);
        }
        cluster.awaitMaster();
        try (Client client = cluster.client()) {
            Workload work = new Workload(client);
            work.one(work.load("long same(long x) { return x; }"), "same", "1");
        }
    }
}
