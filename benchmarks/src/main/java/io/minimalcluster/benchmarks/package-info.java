/**
 * What users compare, measured on a master and two single-slot workers that are processes of their own: a class for
 * each figure, every figure several times, ratios within one run.
 */
@NullMarked
package io.minimalcluster.benchmarks;

import org.jspecify.annotations.NullMarked;
