package io.minimalcluster.client.local;

/**
 * How many tasks the processes of a cluster on one machine run at a time, so that together they keep its cores busy.
 */
record Slots(int ofMaster, int ofWorker) {
    static Slots shared(int cores, int workers) {
        int each = Math.max(1, cores / (workers + 1));
        return new Slots(Math.max(1, cores - workers * each), each);
    }
}
