package io.minimalcluster.chaos.fault;

/** Which network. */
public enum Place {
    WORKERS,
    CLIENTS
}
