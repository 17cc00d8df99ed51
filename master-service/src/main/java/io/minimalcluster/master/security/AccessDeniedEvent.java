package io.minimalcluster.master.security;

import org.jspecify.annotations.Nullable;

/**
 * A call was turned away at the door.
 *
 * @param who the name of the key; null without a valid one
 * @param call its method and path
 * @param address where it came from
 */
public record AccessDeniedEvent(int status, @Nullable String who, String call, String address) {}
