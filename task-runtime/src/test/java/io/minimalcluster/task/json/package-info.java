/** Tests of the JSON scanner. */
@NullMarked
package io.minimalcluster.task.json;

import org.jspecify.annotations.NullMarked;
