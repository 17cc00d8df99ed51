package io.minimalcluster.chaos.recovery;

/** What is measured: each from a fault until something goes on, as it is seen from outside. */
public enum RecoveryInterval {
    SILENT("worker killed until the master says that it is silent"),
    MOVED("worker killed until its task runs elsewhere, a slot being free"),
    MOVED_LATER("worker killed until its task runs elsewhere, no slot being free"),
    MASTER_ANSWERS("master killed until a poll is answered"),
    MASTER_STARTS("master started again until a poll is answered"),
    WORKERS_BACK("master killed until both workers ask again"),
    SERVER_ANSWERS("PostgreSQL killed until a poll is answered"),
    SERVER_STARTS("PostgreSQL answers again until a poll is answered");

    private final String title;

    RecoveryInterval(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
