package io.minimalcluster.task.bind.error;

/** Thrown when an argument does not fit its parameter. The message is addressed to the author of the argument. */
public final class ArgumentMismatch extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int MAX_LENGTH = 1000;

    private final String path;
    private final String problem;

    public ArgumentMismatch(String problem) {
        this("", problem);
    }

    public ArgumentMismatch(String path, String problem) {
        super(null, null, false, false);
        this.path = path;
        this.problem = shorten(problem, MAX_LENGTH);
    }

    /** The same mismatch within an enclosing value: the paths {@code x} and {@code [3].y} become {@code x[3].y}. */
    public ArgumentMismatch within(String outer) {
        return new ArgumentMismatch(
                path.isEmpty() || path.startsWith("[") ? outer + path : outer + "." + path, problem);
    }

    @Override
    public String getMessage() {
        return path.isEmpty() ? problem : path + ": " + problem;
    }

    public static String shorten(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }
}
