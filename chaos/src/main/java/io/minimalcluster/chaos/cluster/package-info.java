/** The processes of a run and the networks between them, and how they are killed, stopped and counted. */
@NullMarked
package io.minimalcluster.chaos.cluster;

import org.jspecify.annotations.NullMarked;
