/** The cache of compiled environments (bundles) on the worker's disk. Each bundle is downloaded once and checked. */
@NullMarked
package io.minimalcluster.worker.bundle;

import org.jspecify.annotations.NullMarked;
