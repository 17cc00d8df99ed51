/**
 * The CPU time of a cluster in relation to a loop in the process of the test, and the comparison of these ratios with
 * recorded ones. A ratio hardly depends on the machine, and CPU time hardly on what else runs there, so that a test can
 * fail if a change makes the cluster slower.
 */
@NullMarked
package io.minimalcluster.benchmarks.ratio;

import org.jspecify.annotations.NullMarked;
