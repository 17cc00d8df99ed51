package io.minimalcluster.system.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.benchmarks.ratio.RatioCheck;
import io.minimalcluster.benchmarks.ratio.RatioVerdict;
import io.minimalcluster.benchmarks.ratio.RatioWorkloads;
import io.minimalcluster.benchmarks.ratio.ReferenceRatios;
import io.minimalcluster.client.Authkey;
import io.minimalcluster.client.Client;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.Program;
import io.minimalcluster.system.harness.WorkerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the CPU time of a cluster with that of loops in this process. */
class BenchmarkRatiosIT {
    private static final String ONE_SLOT = "--minimalcluster.worker.slots=1";
    private static final Path MEASURED = Path.of("target/benchmark-ratios.properties");

    @Test
    void noWorkloadCostsHalfMoreThanRecorded() throws Exception {
        try (MasterProcess master = MasterProcess.start("--minimalcluster.local-worker.enabled=false");
                WorkerProcess first = WorkerProcess.start(master, "first", ONE_SLOT);
                WorkerProcess second = WorkerProcess.start(master, "second", ONE_SLOT);
                Client client = new Client(master.url(), new Authkey(master.read("authkey")))) {
            RatioWorkloads workloads =
                    new RatioWorkloads(client, () -> processes(master.program(), first.program(), second.program()));

            List<RatioVerdict> verdicts = new RatioCheck(ReferenceRatios.recorded())
                    .check(workloads.all(Installation.HOME.resolve("examples")));

            Files.writeString(MEASURED, ReferenceRatios.lines(verdicts));
            assertThat(verdicts)
                    .as("half more than in reference-ratios.properties, in every attempt")
                    .filteredOn(RatioVerdict::isWorse)
                    .isEmpty();
        }
    }

    private static List<ProcessHandle> processes(Program... programs) {
        return Stream.of(programs)
                .flatMap(program ->
                        Stream.concat(ProcessHandle.of(program.pid()).stream(), program.descendants().stream()))
                .toList();
    }
}
