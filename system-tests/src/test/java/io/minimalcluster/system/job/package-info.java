/** Posting jobs, reading what came of them. */
@NullMarked
package io.minimalcluster.system.job;

import org.jspecify.annotations.NullMarked;
