package io.minimalcluster.master.cluster;

/**
 * This master's own worker as it is shown.
 *
 * @param joined whether it takes work
 */
record LocalWorkerView(boolean joined, int slots) {}
