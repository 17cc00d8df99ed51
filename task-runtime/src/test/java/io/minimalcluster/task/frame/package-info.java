@NullMarked
package io.minimalcluster.task.frame;

import org.jspecify.annotations.NullMarked;
