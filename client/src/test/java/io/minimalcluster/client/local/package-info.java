@NullMarked
package io.minimalcluster.client.local;

import org.jspecify.annotations.NullMarked;
