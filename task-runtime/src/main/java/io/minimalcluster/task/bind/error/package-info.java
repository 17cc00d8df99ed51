/** Failures of binding a function to JSON, with messages for the author of the arguments. */
@NullMarked
package io.minimalcluster.task.bind.error;

import org.jspecify.annotations.NullMarked;
