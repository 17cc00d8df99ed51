/**
 * A TCP proxy on the loopback interface whose network faults are changed at run time. It inspects only the first line
 * of requests.
 */
@NullMarked
package io.minimalcluster.chaos.proxy;

import org.jspecify.annotations.NullMarked;
