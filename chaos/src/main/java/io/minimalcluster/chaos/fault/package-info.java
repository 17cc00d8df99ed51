/** The faults and their seeded, reproducible schedule. */
@NullMarked
package io.minimalcluster.chaos.fault;

import org.jspecify.annotations.NullMarked;
