package io.minimalcluster.client.local;

/** The slots of master and workers on one machine, so that together they use all cores. */
record SlotAllocation(int ofMaster, int ofWorker) {
    static SlotAllocation shared(int cores, int workers) {
        int each = Math.max(1, cores / (workers + 1));
        return new SlotAllocation(Math.max(1, cores - workers * each), each);
    }
}
