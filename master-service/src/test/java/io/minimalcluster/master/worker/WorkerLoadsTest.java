package io.minimalcluster.master.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.MachineLoad;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerLoadsTest {
    private static final WorkerId WORKER = new WorkerId("worker-1");

    private final WorkerLoads loads = new WorkerLoads();

    @Test
    void latestLoadIsKept() {
        loads.record(WORKER, new MachineLoad(0.5, 10, 20));
        loads.record(WORKER, new MachineLoad(1, 20, 20));
        loads.record(WORKER, null);

        assertThat(loads.of(WORKER)).isEqualTo(new MachineLoad(1, 20, 20));
        assertThat(loads.of(new WorkerId("worker-2"))).isNull();
    }

    @ParameterizedTest
    @CsvSource({"1.1,1,2", "-0.1,1,2", "NaN,1,2", "0.5,-1,2", "0.5,3,2"})
    void impossibleLoadIsIgnored(double cpu, long used, long all) {
        loads.record(WORKER, new MachineLoad(cpu, used, all));

        assertThat(loads.of(WORKER)).isNull();
    }
}
