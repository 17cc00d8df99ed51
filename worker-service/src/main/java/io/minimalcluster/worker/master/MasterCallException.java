package io.minimalcluster.worker.master;

import java.time.Duration;
import java.util.OptionalLong;

/** A call that the master did not answer as hoped. Messages name no key and are fit for a log line. */
public abstract sealed class MasterCallException extends Exception {
    private static final long serialVersionUID = 1L;

    private MasterCallException(String message) {
        super(message);
    }

    /** The master does not know this worker (any more): register again. */
    public static final class WorkerUnknown extends MasterCallException {
        private static final long serialVersionUID = 1L;

        WorkerUnknown(String message) {
            super(message);
        }
    }

    /** The batch went to another worker: drop it and stop its run. */
    public static final class LeaseLost extends MasterCallException {
        private static final long serialVersionUID = 1L;

        LeaseLost(String message) {
            super(message);
        }
    }

    /** The key, its role or the protocol is refused: the same again is of no use. */
    public static final class Refused extends MasterCallException {
        private static final long serialVersionUID = 1L;
        private final boolean keyIsWrong;

        /** A refusal. */
        public Refused(String message, boolean keyIsWrong) {
            super(message);
            this.keyIsWrong = keyIsWrong;
        }

        /** Whether another key could help. */
        public boolean keyIsWrong() {
            return keyIsWrong;
        }
    }

    /** What was sent is not taken, whoever sends it: out of bounds, not well-formed, too large, or not there. */
    public static final class NotTaken extends MasterCallException {
        private static final long serialVersionUID = 1L;
        private final transient OptionalLong leaseEnd;

        NotTaken(String message, OptionalLong leaseEnd) {
            super(message);
            this.leaseEnd = leaseEnd;
        }

        /** Where it reaches beyond its lease: the first index after that. */
        public OptionalLong leaseEnd() {
            return leaseEnd;
        }
    }

    /** The master has no room now, or is on its way down: the same again later. */
    public static final class Busy extends MasterCallException {
        private static final long serialVersionUID = 1L;
        private final Duration retryAfter;

        Busy(String message, Duration retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }

        /** How long the master asks to be left alone; zero where it does not say. */
        Duration retryAfter() {
            return retryAfter;
        }
    }

    /** No answer, or none that makes sense; whether the master heard the call is not known. */
    public static final class Unreachable extends MasterCallException {
        private static final long serialVersionUID = 1L;

        Unreachable(String message) {
            super(message);
        }
    }
}
