@NullMarked
package io.minimalcluster.worker.launch.sandbox;

import org.jspecify.annotations.NullMarked;
