package io.minimalcluster.master.security.session;

/**
 * Event: a browser signed in.
 *
 * @param who name of the key
 * @param address remote address
 */
public record SignedInEvent(String who, String address) {}
