/**
 * A network that misbehaves on demand: a TCP proxy on the loopback interface whose faults are switched while it runs.
 * It knows nothing of what goes through it but the first line of a request.
 */
@NullMarked
package io.minimalcluster.chaos.proxy;

import org.jspecify.annotations.NullMarked;
