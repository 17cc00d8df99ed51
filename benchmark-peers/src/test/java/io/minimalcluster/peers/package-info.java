@NullMarked
package io.minimalcluster.peers;

import org.jspecify.annotations.NullMarked;
