package io.minimalcluster.master.security;

import org.jspecify.annotations.Nullable;

/**
 * Event: authentication or authorization rejected a call.
 *
 * @param actor name of the key; null without a valid key
 * @param call method and path
 * @param address remote address
 */
public record AccessDeniedEvent(int status, @Nullable String actor, String call, String address) {}
