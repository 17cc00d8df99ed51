package io.minimalcluster.client.cli.option;

/** A source of SIGINT, the signal of Ctrl-C. */
@FunctionalInterface
public interface InterruptSource {
    /**
     * Calls the handler for each SIGINT until the registration is closed. SIGINT does not end the process meanwhile.
     */
    Registration handle(Runnable handler);

    /** A registered handler. Closing it restores the previous handler. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
