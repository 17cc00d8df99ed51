package io.minimalcluster.client.cli.option;

/** Where SIGINT comes from, which Ctrl-C sends. */
@FunctionalInterface
public interface InterruptSource {
    /** Calls the handler for each SIGINT, which then does not end the process, until the registration is closed. */
    Registration handle(Runnable handler);

    /** Closing it gives SIGINT its usual effect back. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
