@NullMarked
package io.minimalcluster.client.locate;

import org.jspecify.annotations.NullMarked;
