@NullMarked
package io.minimalcluster.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
