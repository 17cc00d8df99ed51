package io.minimalcluster.master.store;

/** What a database needs around its commits. Called by the thread that writes, and by no other. */
public interface CommitHooks extends AutoCloseable {
    /** In the transaction, as the last of it. */
    void beforeCommit();

    /** It is on disk, and nobody was told yet. */
    void committed();

    /** Now they were told: the time for what takes long. */
    void afterCallersNotified();

    /** Whether a work failed for the sake of the database, so that it is of no use to go on with others. */
    boolean isDatabaseFailure(Throwable failure);

    /**
     * It failed, and all of it was undone.
     *
     * @return whether it may fare better when it is tried once more
     */
    boolean failed(Throwable cause);

    /** Nothing has come for a while. */
    void idle();

    @Override
    void close();

    /** For a database that looks after itself. */
    CommitHooks NONE = new CommitHooks() {
        @Override
        public void beforeCommit() {}

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
