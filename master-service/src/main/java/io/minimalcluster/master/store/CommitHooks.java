package io.minimalcluster.master.store;

/** Callbacks of a database around commits. Called only by the writer thread. */
public interface CommitHooks extends AutoCloseable {
    /**
     * Called at the end of the transaction, before the commit. Returns whether the commit writes anything; only such a
     * commit shows that the database can be written.
     */
    boolean beforeCommit();

    /** Called after the commit is durable and before callers are notified. */
    void committed();

    /** Called after callers are notified, for maintenance that takes long. */
    void afterCallersNotified();

    /** Whether a unit of work failed because of the database, so that further units would fail too. */
    boolean isDatabaseFailure(Throwable failure);

    /**
     * Called after a failed transaction was rolled back.
     *
     * @return whether a retry may succeed
     */
    boolean failed(Throwable cause);

    /** Called when no unit of work has arrived for a while. */
    void idle();

    @Override
    void close();

    /** Hooks of a database that needs no maintenance by the master. */
    CommitHooks NONE = new CommitHooks() {
        @Override
        public boolean beforeCommit() {
            return true;
        }

        @Override
        public void committed() {}

        @Override
        public void afterCallersNotified() {}

        @Override
        public boolean isDatabaseFailure(Throwable failure) {
            return false;
        }

        @Override
        public boolean failed(Throwable cause) {
            return false;
        }

        @Override
        public void idle() {}

        @Override
        public void close() {}
    };
}
