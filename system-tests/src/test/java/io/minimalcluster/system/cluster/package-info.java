@NullMarked
package io.minimalcluster.system.cluster;

import org.jspecify.annotations.NullMarked;
