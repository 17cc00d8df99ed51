/**
 * Environments: posted, compiled in a forked JVM, kept by the digest of their content, handed to workers as bundles.
 * Functions and jobs ask here for what an environment can do.
 */
@NullMarked
package io.minimalcluster.master.environment;

import org.jspecify.annotations.NullMarked;
