package io.minimalcluster.worker.executor.protocol;

/**
 * A value that all tasks of a job share.
 *
 * @param digest the SHA-256 digest; an executor loads the value once by digest
 * @param json the value
 */
public record SharedValue(String digest, byte[] json) {}
