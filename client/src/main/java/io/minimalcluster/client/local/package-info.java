/**
 * A cluster on this machine whose master and workers are processes of their own: one that lasts as long as somebody
 * needs it, and one that stays until it is stopped. Knows where the packaged services are and how they are started and
 * stopped.
 */
@NullMarked
package io.minimalcluster.client.local;

import org.jspecify.annotations.NullMarked;
