@NullMarked
package io.minimalcluster.benchmarks;

import org.jspecify.annotations.NullMarked;
