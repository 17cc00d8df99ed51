package io.minimalcluster.model.environment;

/**
 * One finding of the compiler.
 *
 * @param source the file as it was posted
 * @param line from 1; 0 where javac names none
 * @param column from 1; 0 where javac names none
 * @param severity {@code error} or {@code warning}
 * @param code javac's key of the message, such as {@code compiler.err.cant.resolve.location}
 * @param snippet the line of source that it is about, cut to a readable length; empty where there is none
 */
public record Diagnostic(
        String source, int line, int column, String severity, String code, String message, String snippet) {}
