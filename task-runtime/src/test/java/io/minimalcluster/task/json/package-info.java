/** Tests of the scanner. */
@NullMarked
package io.minimalcluster.task.json;

import org.jspecify.annotations.NullMarked;
