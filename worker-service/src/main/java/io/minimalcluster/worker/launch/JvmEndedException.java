package io.minimalcluster.worker.launch;

/** Thrown if the JVM ended or violated the protocol. {@link ForkedJvm#end} returns the reason. */
public final class JvmEndedException extends Exception {
    private static final long serialVersionUID = 1;

    JvmEndedException(String message) {
        super(message);
    }
}
