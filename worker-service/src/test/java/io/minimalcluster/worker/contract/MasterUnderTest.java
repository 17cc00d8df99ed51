package io.minimalcluster.worker.contract;

import java.io.IOException;
import java.net.URI;

/** A master that a contract is tried on. */
public interface MasterUnderTest extends AutoCloseable {
    /** Where it is. */
    URI address();

    /** A key that it takes from workers. */
    String key();

    /**
     * Has a job whose function takes a long and gives a long, with the arguments 0, 1, 2, …
     *
     * @param tasks how many, all of them handed out in one batch
     */
    void offerJob(int tasks) throws IOException, InterruptedException;

    @Override
    void close();
}
