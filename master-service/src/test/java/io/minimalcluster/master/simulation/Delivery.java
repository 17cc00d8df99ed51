package io.minimalcluster.master.simulation;

import io.minimalcluster.model.worker.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * A result part that was sent to the master.
 *
 * @param answer null if the part was rejected or the answer was lost
 * @param isUnclear whether it is uncertain that the part was recorded
 */
record Delivery(PartInFlight part, @Nullable Recorded answer, boolean isUnclear) {}
