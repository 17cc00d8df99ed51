package io.minimalcluster.model.cluster;

import java.time.Instant;

/**
 * A copy of the store that was made while the master ran.
 *
 * @param file where it is, on the master's machine
 * @param seconds how long it took
 */
public record Backup(String file, long bytes, double seconds, Instant createdAt) {}
