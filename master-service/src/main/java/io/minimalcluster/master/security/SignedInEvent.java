package io.minimalcluster.master.security;

/**
 * Event: a browser signed in.
 *
 * @param actor name of the key
 * @param address remote address
 */
public record SignedInEvent(String actor, String address) {}
