/** Tests of authentication, authorization, sessions and request limits. */
@NullMarked
package io.minimalcluster.system.security;

import org.jspecify.annotations.NullMarked;
