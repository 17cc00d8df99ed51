package io.minimalcluster.worker.fake;

import io.minimalcluster.worker.contract.MasterContract;
import io.minimalcluster.worker.contract.MasterUnderTest;
import java.io.IOException;
import java.net.URI;

class FakeMasterTest extends MasterContract {
    @Override
    protected MasterUnderTest startMaster() throws IOException {
        return new Subject(FakeMaster.start());
    }

    private record Subject(FakeMaster master) implements MasterUnderTest {
        @Override
        public URI address() {
            return master.address();
        }

        @Override
        public String key() {
            return FakeMaster.KEY;
        }

        @Override
        public void offerJob(int tasks) {
            master.offer(FakeBatch.of("lease-1", 0, tasks));
        }

        @Override
        public void close() {
            master.close();
        }
    }
}
