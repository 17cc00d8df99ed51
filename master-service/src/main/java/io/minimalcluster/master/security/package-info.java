/**
 * The caller of a request. A handler declares a {@link io.minimalcluster.master.security.Caller} as a parameter;
 * {@code security.access} maps the key or the session of a request to that caller.
 */
@NullMarked
package io.minimalcluster.master.security;

import org.jspecify.annotations.NullMarked;
