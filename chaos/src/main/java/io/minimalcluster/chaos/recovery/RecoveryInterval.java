package io.minimalcluster.chaos.recovery;

/** A measured interval, from a fault to an observable recovery. */
public enum RecoveryInterval {
    SILENT("worker killed until the master reports the timeout"),
    MOVED("worker killed until its task runs elsewhere, a slot free"),
    MOVED_LATER("worker killed until its task runs elsewhere, no slot free"),
    MASTER_ANSWERS("master killed until a poll is answered"),
    MASTER_STARTS("master restarted until a poll is answered"),
    WORKERS_BACK("master killed until both workers poll again"),
    SERVER_ANSWERS("PostgreSQL killed until a poll is answered"),
    SERVER_STARTS("PostgreSQL accepts connections until a poll is answered");

    private final String title;

    RecoveryInterval(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
