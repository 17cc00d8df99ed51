package io.minimalcluster.worker.settings;

/** Thrown if a setting is unknown. */
public final class UnknownSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownSettingException(String name, String source, String nearest) {
        super("unknown setting " + name + " in " + source + ": did you mean " + nearest + "?");
    }
}
