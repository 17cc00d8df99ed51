package io.minimalcluster.worker.settings;

/** A setting that nobody knows. */
public final class UnknownSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownSettingException(String name, String source, String nearest) {
        super("unknown setting " + name + " in " + source + ": did you mean " + nearest + "?");
    }
}
