package io.minimalcluster.master.security;

/** What a key is good for. */
public enum Role {
    /** Environments, functions and jobs: its own. */
    CLIENT,
    /** The workers' calls, and the bundle of an environment. */
    WORKER,
    /** Reads everybody's, but no sources, arguments, values or results; and metrics. */
    OBSERVER,
    /** Everything, everyone's. */
    ADMIN
}
