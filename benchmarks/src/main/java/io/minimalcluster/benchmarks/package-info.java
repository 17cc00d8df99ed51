/**
 * Benchmarks on a master and two single-slot workers in separate processes. There is one class per benchmark. Each
 * measurement has several samples, and both sides of a ratio are measured in the same run.
 */
@NullMarked
package io.minimalcluster.benchmarks;

import org.jspecify.annotations.NullMarked;
