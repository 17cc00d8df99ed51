/** Tests of the seeded schedule. */
@NullMarked
package io.minimalcluster.chaos.fault;

import org.jspecify.annotations.NullMarked;
