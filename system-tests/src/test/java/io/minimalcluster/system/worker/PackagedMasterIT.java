package io.minimalcluster.system.worker;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.UseShared;
import io.minimalcluster.worker.master.AuthKey;
import io.minimalcluster.worker.master.KeySource;
import io.minimalcluster.worker.master.MasterAddresses;
import io.minimalcluster.worker.master.MasterClient;
import io.minimalcluster.worker.master.MasterTimeouts;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

@UseShared(QuietMaster.class)
class PackagedMasterIT extends WorkerViewOfMasterContract {
    private final QuietMaster master;
    private final MasterClient client;
    private final MasterClient stranger;

    PackagedMasterIT(QuietMaster master) {
        this.master = master;
        this.client = client(master, master.workerKey());
        this.stranger = client(master, "wrong");
    }

    private static MasterClient client(QuietMaster master, String key) {
        return new MasterClient(
                new MasterAddresses(List.of(master.url())), KeySource.given(AuthKey.of(key)), MasterTimeouts.DEFAULT);
    }

    @Override
    MasterClient client() {
        return client;
    }

    @Override
    MasterClient clientWithAWrongKey() {
        return stranger;
    }

    @Override
    Api owner() {
        return master.alice();
    }

    @AfterEach
    @Override
    void leave() throws Exception {
        super.leave();
        client.close();
        stranger.close();
    }
}
