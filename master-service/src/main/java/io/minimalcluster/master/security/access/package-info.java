/** Authentication and authorization of requests. No class of this package reads a body. */
@NullMarked
package io.minimalcluster.master.security.access;

import org.jspecify.annotations.NullMarked;
