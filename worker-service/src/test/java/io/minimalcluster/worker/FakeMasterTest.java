package io.minimalcluster.worker;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.worker.fake.FakeBatchExecutor;
import io.minimalcluster.worker.fake.FakeMaster;
import io.minimalcluster.worker.master.AuthKey;
import io.minimalcluster.worker.master.KeySource;
import io.minimalcluster.worker.master.MasterAddresses;
import io.minimalcluster.worker.master.MasterTimeouts;
import io.minimalcluster.worker.settings.WorkerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker with a fake executor, and a fake master. The worker is not started. */
@Timeout(180)
abstract class FakeMasterTest {
    private static final WorkerTiming SHORT_TIMING = new WorkerTiming(
            new MasterTimeouts(
                    Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMillis(300)),
            Duration.ofMillis(5),
            Duration.ofMillis(50),
            Duration.ofMillis(20),
            Duration.ofMillis(50));

    final FakeBatchExecutor executor = new FakeBatchExecutor();

    @TempDir
    Path folder;

    FakeMaster master;
    Worker worker;

    @BeforeEach
    void startMaster() throws IOException {
        master = FakeMaster.start();
        worker = worker(1, FakeMaster.KEY, List.of(master.address()), Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        worker.close();
        master.close();
    }

    Worker worker(int slots, String key, List<URI> masters, Duration drainLimit) throws IOException {
        WorkerOptions options = new WorkerOptions(
                "w",
                slots,
                Map.of("zone", "a"),
                Isolation.PROCESS,
                "1.2.3",
                false,
                1 << 20,
                false,
                64 << 20,
                drainLimit,
                folder);
        return new Worker(
                options, KeySource.given(AuthKey.of(key)), new MasterAddresses(masters), executor, SHORT_TIMING);
    }
}
