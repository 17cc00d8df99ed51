package io.minimalcluster.client.local;

/**
 * How many tasks the processes of a cluster on one machine run at a time, so that together they keep its cores busy.
 */
record SlotAllocation(int ofMaster, int ofWorker) {
    static SlotAllocation shared(int cores, int workers) {
        int each = Math.max(1, cores / (workers + 1));
        return new SlotAllocation(Math.max(1, cores - workers * each), each);
    }
}
