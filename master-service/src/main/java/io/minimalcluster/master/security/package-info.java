/**
 * Who may call what. Features take a {@link io.minimalcluster.master.security.Caller} as a parameter of a handler; all
 * else in here is between the key in a request and that caller. Nothing in here reads a body.
 */
@NullMarked
package io.minimalcluster.master.security;

import org.jspecify.annotations.NullMarked;
