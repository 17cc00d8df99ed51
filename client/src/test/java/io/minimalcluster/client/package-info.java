@NullMarked
package io.minimalcluster.client;

import org.jspecify.annotations.NullMarked;
