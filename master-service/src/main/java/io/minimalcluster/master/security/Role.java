package io.minimalcluster.master.security;

/** Role of a key. */
public enum Role {
    /** Creates, reads and deletes its own environments, functions and jobs. */
    CLIENT,
    /** Makes the calls of workers, and reads bundles of environments. */
    WORKER,
    /** Reads metrics, and resources of all owners except sources, arguments, values and results. */
    OBSERVER,
    /** May make every call, on resources of all owners. */
    ADMIN
}
