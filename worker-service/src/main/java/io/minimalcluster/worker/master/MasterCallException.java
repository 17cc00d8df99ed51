package io.minimalcluster.worker.master;

import java.time.Duration;
import java.util.OptionalLong;

/** A failed call to the master. Messages contain no key and fit on a log line. */
public abstract sealed class MasterCallException extends Exception {
    private static final long serialVersionUID = 1L;

    private MasterCallException(String message) {
        super(message);
    }

    /** The master does not know this worker. The worker must register again. */
    public static final class WorkerUnknown extends MasterCallException {
        private static final long serialVersionUID = 1L;

        WorkerUnknown(String message) {
            super(message);
        }
    }

    /** The lease was lost. The worker must stop and drop the batch. */
    public static final class LeaseLost extends MasterCallException {
        private static final long serialVersionUID = 1L;

        LeaseLost(String message) {
            super(message);
        }
    }

    /** The key, its role or the protocol version is refused. A retry cannot succeed. */
    public static final class Refused extends MasterCallException {
        private static final long serialVersionUID = 1L;
        private final boolean keyIsWrong;

        /**
         * Creates a refusal.
         *
         * @param keyIsWrong whether another key could be accepted
         */
        public Refused(String message, boolean keyIsWrong) {
            super(message);
            this.keyIsWrong = keyIsWrong;
        }

        /** Whether another key could be accepted. */
        public boolean keyIsWrong() {
            return keyIsWrong;
        }
    }

    /** The request is rejected: out of bounds, malformed, too large, or for an unknown resource. */
    public static final class RequestRejected extends MasterCallException {
        private static final long serialVersionUID = 1L;
        private final transient OptionalLong leaseEnd;

        RequestRejected(String message, OptionalLong leaseEnd) {
            super(message);
            this.leaseEnd = leaseEnd;
        }

        /** The first index after the lease, if the request exceeds the lease. */
        public OptionalLong leaseEnd() {
            return leaseEnd;
        }
    }

    /** The master is overloaded or shutting down. The call may be retried later. */
    public static final class Busy extends MasterCallException {
        private static final long serialVersionUID = 1L;
        private final Duration retryAfter;

        Busy(String message, Duration retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }

        /** The value of {@code Retry-After}; zero if absent. */
        Duration retryAfter() {
            return retryAfter;
        }
    }

    /** No response, or an invalid one. It is unknown whether the master processed the call. */
    public static final class Unreachable extends MasterCallException {
        private static final long serialVersionUID = 1L;

        Unreachable(String message) {
            super(message);
        }
    }
}
