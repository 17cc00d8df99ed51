/** Jobs, their options and counts, and outcomes of tasks, as wire records. */
@NullMarked
package io.minimalcluster.model.job;

import org.jspecify.annotations.NullMarked;
