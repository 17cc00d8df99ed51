package io.minimalcluster.worker.launch;

/** The JVM ended or broke the protocol: nothing more comes from it. {@link ForkedJvm#end} says how. */
public final class JvmEndedException extends Exception {
    private static final long serialVersionUID = 1;

    JvmEndedException(String message) {
        super(message);
    }
}
