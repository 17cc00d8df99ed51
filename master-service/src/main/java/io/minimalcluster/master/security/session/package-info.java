/**
 * Sign-in of browsers: exchanges a key for a session cookie. Authentication by that cookie is part of {@code security}.
 */
@NullMarked
package io.minimalcluster.master.security.session;

import org.jspecify.annotations.NullMarked;
