@NullMarked
package io.minimalcluster.client.reduce;

import org.jspecify.annotations.NullMarked;
