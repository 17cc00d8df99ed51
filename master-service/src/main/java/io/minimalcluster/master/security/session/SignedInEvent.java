package io.minimalcluster.master.security.session;

/**
 * Somebody signed in.
 *
 * @param who the name of the key
 * @param address where from
 */
public record SignedInEvent(String who, String address) {}
