package io.minimalcluster.master.simulation;

import io.minimalcluster.model.worker.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * A part that reached the master.
 *
 * @param answer null where it was refused
 */
record Delivery(Posting posting, @Nullable Recorded answer) {}
