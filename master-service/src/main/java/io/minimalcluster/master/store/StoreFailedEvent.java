package io.minimalcluster.master.store;

/**
 * Event: the store is permanently not writable, so that the process has to exit.
 *
 * @param why reason, as one line
 */
public record StoreFailedEvent(String why) {}
