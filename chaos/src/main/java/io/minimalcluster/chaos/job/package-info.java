/** Jobs that the chaos clients submit, and their expected outcomes. */
@NullMarked
package io.minimalcluster.chaos.job;

import org.jspecify.annotations.NullMarked;
