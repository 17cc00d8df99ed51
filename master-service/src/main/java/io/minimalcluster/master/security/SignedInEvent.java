package io.minimalcluster.master.security;

/**
 * Event: a browser signed in.
 *
 * @param who name of the key
 * @param address remote address
 */
public record SignedInEvent(String who, String address) {}
