package io.minimalcluster.chaos.history;

import io.minimalcluster.model.support.Sha256;

/**
 * A line of the results of a job.
 *
 * @param kind {@code value}, or the kind of error
 * @param sha256 the digest of the whole line
 */
public record ResultLine(long index, String kind, String sha256) {
    /** The expected line for a value, byte for byte. */
    public static ResultLine ofValue(long index, String json) {
        return new ResultLine(index, "value", Sha256.hex("{\"index\":" + index + ",\"value\":" + json + "}"));
    }
}
