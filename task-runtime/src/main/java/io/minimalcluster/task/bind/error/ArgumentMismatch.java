package io.minimalcluster.task.bind.error;

/** An argument that does not fit its parameter, said so that the one who posted it can mend it. */
public final class ArgumentMismatch extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 1000;

    private final String path;
    private final String what;

    public ArgumentMismatch(String what) {
        this("", what);
    }

    public ArgumentMismatch(String path, String what) {
        super(null, null, false, false);
        this.path = path;
        this.what = shorten(what, SHOWN);
    }

    /** The same, found inside of something: {@code x} and {@code [3].y} make {@code x[3].y}. */
    public ArgumentMismatch within(String outer) {
        return new ArgumentMismatch(path.isEmpty() || path.startsWith("[") ? outer + path : outer + "." + path, what);
    }

    @Override
    public String getMessage() {
        return path.isEmpty() ? what : path + ": " + what;
    }

    public static String shorten(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }
}
