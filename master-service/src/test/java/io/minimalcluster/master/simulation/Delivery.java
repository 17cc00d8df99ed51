package io.minimalcluster.master.simulation;

import io.minimalcluster.model.worker.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * A part that reached the master.
 *
 * @param answer null where it was refused, or is not known
 * @param isUnclear whether nobody knows what came of it
 */
record Delivery(PartInFlight part, @Nullable Recorded answer, boolean isUnclear) {}
