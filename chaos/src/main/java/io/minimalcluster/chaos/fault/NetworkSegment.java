package io.minimalcluster.chaos.fault;

/** Which network. */
public enum NetworkSegment {
    WORKERS,
    CLIENTS
}
