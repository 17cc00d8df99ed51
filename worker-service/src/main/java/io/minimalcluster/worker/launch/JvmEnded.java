package io.minimalcluster.worker.launch;

/** The JVM ended or broke the protocol: nothing more comes from it. {@link ForkedJvm#end} says how. */
public final class JvmEnded extends Exception {
    private static final long serialVersionUID = 1;

    JvmEnded(String message) {
        super(message);
    }
}
