package io.minimalcluster.chaos.fault;

/** A network between services: that of the workers or that of the clients. */
public enum NetworkSegment {
    WORKERS,
    CLIENTS
}
