package io.minimalcluster.chaos.history;

import io.minimalcluster.model.support.Sha256;

/**
 * A line of a job's results.
 *
 * @param kind {@code value}, or the kind of its error
 * @param sha256 of the whole line
 */
public record ResultLine(long index, String kind, String sha256) {
    /** What the line of a value must look like, byte for byte. */
    public static ResultLine ofValue(long index, String json) {
        return new ResultLine(index, "value", Sha256.hex("{\"index\":" + index + ",\"value\":" + json + "}"));
    }
}
