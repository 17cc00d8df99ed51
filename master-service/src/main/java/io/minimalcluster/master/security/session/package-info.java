/** Sessions of browsers: sign-in exchanges a key or a code for a session cookie. */
@NullMarked
package io.minimalcluster.master.security.session;

import org.jspecify.annotations.NullMarked;
