package io.minimalcluster.model.cluster;

import java.time.Instant;

/**
 * A backup of the store, made while the master runs.
 *
 * @param file the path on the machine of the master
 * @param bytes the size of the file
 * @param seconds the duration of the backup
 */
public record Backup(String file, long bytes, double seconds, Instant createdAt) {}
