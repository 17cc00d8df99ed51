package io.minimalcluster.master.id;

import io.minimalcluster.model.JobId;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import java.math.BigInteger;
import java.security.SecureRandom;

/** New ids of 128 random bits, in lower-case letters and digits. */
public final class NewIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BITS = 128;
    private static final int RADIX = 36;

    private NewIds() {}

    public static JobId job() {
        return new JobId("job-" + random());
    }

    public static LeaseId lease() {
        return new LeaseId("lease-" + random());
    }

    public static WorkerId worker() {
        return new WorkerId("worker-" + random());
    }

    private static String random() {
        return new BigInteger(BITS, RANDOM).toString(RADIX);
    }
}
