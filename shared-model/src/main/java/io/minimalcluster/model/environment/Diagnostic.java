package io.minimalcluster.model.environment;

/**
 * A diagnostic of the compiler.
 *
 * @param source the posted file name
 * @param line from 1; 0 if javac reports none
 * @param column from 1; 0 if javac reports none
 * @param severity {@code error}, {@code warning} or {@code note}
 * @param code the message key of javac, such as {@code compiler.err.cant.resolve.location}
 * @param snippet the line of source, shortened to a readable length; empty without a line
 */
public record Diagnostic(
        String source, int line, int column, String severity, String code, String message, String snippet) {}
