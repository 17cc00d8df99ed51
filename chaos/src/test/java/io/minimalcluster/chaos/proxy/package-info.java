/** Tests of the proxy with an echo server. */
@NullMarked
package io.minimalcluster.chaos.proxy;

import org.jspecify.annotations.NullMarked;
