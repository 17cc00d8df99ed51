package io.minimalcluster.worker.settings;

/** A setting that nobody knows. */
public final class UnknownSetting extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownSetting(String name, String source, String nearest) {
        super("unknown setting " + name + " in " + source + ": did you mean " + nearest + "?");
    }
}
