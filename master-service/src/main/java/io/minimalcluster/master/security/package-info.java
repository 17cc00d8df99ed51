/**
 * Authentication and authorization of requests. A handler declares a {@link io.minimalcluster.master.security.Caller}
 * as a parameter; the other classes map the key of a request to that caller. None of them reads a body.
 */
@NullMarked
package io.minimalcluster.master.security;

import org.jspecify.annotations.NullMarked;
