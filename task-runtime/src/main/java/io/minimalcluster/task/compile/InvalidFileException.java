package io.minimalcluster.task.compile;

/** Thrown when a file is rejected because of its name, its folder or, for a library, its content. */
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
