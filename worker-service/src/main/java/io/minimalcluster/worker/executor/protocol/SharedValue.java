package io.minimalcluster.worker.executor.protocol;

/**
 * A value that all tasks of a job get.
 *
 * @param digest names it: an executor is given it once
 * @param json the value
 */
public record SharedValue(String digest, byte[] json) {}
