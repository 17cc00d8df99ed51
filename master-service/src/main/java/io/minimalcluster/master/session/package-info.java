/** The sign-in of browsers: a key for a cookie. What the cookie opens is decided where keys are looked at. */
@NullMarked
package io.minimalcluster.master.session;

import org.jspecify.annotations.NullMarked;
