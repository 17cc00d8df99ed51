/**
 * The test harness: starts the packaged programs, calls their HTTP API, waits for conditions and stops them. It uses
 * only the public API. All waiting is in this package.
 */
@NullMarked
package io.minimalcluster.system.harness;

import org.jspecify.annotations.NullMarked;
