/** Exceptions and messages for JSON that does not fit. */
@NullMarked
package io.minimalcluster.task.bind.error;

import org.jspecify.annotations.NullMarked;
