/**
 * A master that is only its web side, with a tiny controller in place of the API, for the tests of that side. It stands
 * outside of the master's own package, so that no test of a whole master finds that controller.
 */
@NullMarked
package io.minimalcluster.web;

import org.jspecify.annotations.NullMarked;
