/** Tests of the proxy against a server that echoes. */
@NullMarked
package io.minimalcluster.chaos.proxy;

import org.jspecify.annotations.NullMarked;
