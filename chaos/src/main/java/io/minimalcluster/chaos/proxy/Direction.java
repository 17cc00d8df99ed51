package io.minimalcluster.chaos.proxy;

/** The direction of bytes through a proxy. */
public enum Direction {
    TO_TARGET,
    FROM_TARGET
}
