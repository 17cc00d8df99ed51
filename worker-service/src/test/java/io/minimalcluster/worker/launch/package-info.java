@NullMarked
package io.minimalcluster.worker.launch;

import org.jspecify.annotations.NullMarked;
