package io.minimalcluster.master.id;

import io.minimalcluster.model.JobId;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Random;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Generates ids of 128 random bits, in lower-case letters and digits. */
@Component
public final class IdGenerator {
    private static final int BITS = 128;
    private static final int RADIX = 36;

    private final Random random;

    @Autowired
    IdGenerator() {
        this(new SecureRandom());
    }

    IdGenerator(Random random) {
        this.random = random;
    }

    public JobId job() {
        return new JobId("job-" + next());
    }

    public LeaseId lease() {
        return new LeaseId("lease-" + next());
    }

    public WorkerId worker() {
        return new WorkerId("worker-" + next());
    }

    private String next() {
        return new BigInteger(BITS, random).toString(RADIX);
    }
}
