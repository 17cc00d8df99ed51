/**
 * Test support for the web layer: a master without features, with small controllers in place of the API. The package is
 * outside {@code io.minimalcluster.master}, so that component scans of a complete master do not find these controllers.
 */
@NullMarked
package io.minimalcluster.web;

import org.jspecify.annotations.NullMarked;
