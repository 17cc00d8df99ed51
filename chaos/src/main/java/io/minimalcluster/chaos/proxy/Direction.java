package io.minimalcluster.chaos.proxy;

/** Which way bytes go. */
public enum Direction {
    TO_TARGET,
    FROM_TARGET
}
