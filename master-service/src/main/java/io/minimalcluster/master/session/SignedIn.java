package io.minimalcluster.master.session;

/**
 * Somebody signed in.
 *
 * @param who the name of the key
 * @param address where from
 */
public record SignedIn(String who, String address) {}
