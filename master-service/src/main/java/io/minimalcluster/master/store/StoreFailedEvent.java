package io.minimalcluster.master.store;

/**
 * Said when the store can't be written any more, and will not be by itself: this process is of no use then.
 *
 * @param why one line
 */
public record StoreFailedEvent(String why) {}
