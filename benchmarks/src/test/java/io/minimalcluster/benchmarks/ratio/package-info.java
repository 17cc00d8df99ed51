@NullMarked
package io.minimalcluster.benchmarks.ratio;

import org.jspecify.annotations.NullMarked;
