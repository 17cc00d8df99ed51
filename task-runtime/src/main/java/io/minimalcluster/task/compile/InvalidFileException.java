package io.minimalcluster.task.compile;

/** A file whose name or place is refused, before or beside anything that javac says. */
final class InvalidFileException extends Exception {
    private static final long serialVersionUID = 1;

    private final String file;

    InvalidFileException(String file, String reason) {
        super(reason, null, false, false);
        this.file = file;
    }

    String file() {
        return file;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
