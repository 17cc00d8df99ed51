package io.minimalcluster.worker.contract;

import java.io.IOException;
import java.net.URI;

/** A master that the contract is tested with. */
public interface MasterUnderTest extends AutoCloseable {
    /** The base address. */
    URI address();

    /** A worker key. */
    String key();

    /**
     * Submits a job whose function maps long to long, with the arguments 0, 1, 2, …
     *
     * @param tasks the number of tasks, which are all in one batch
     */
    void offerJob(int tasks) throws IOException, InterruptedException;

    @Override
    void close();
}
