package io.minimalcluster.master.cluster;

/**
 * JSON form of the local worker.
 *
 * @param joined whether the worker is running
 */
record LocalWorkerView(boolean joined, int slots) {}
