package io.minimalcluster.master.http.problem;

import io.minimalcluster.master.error.MasterException.Malformed;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Maps exceptions of Jackson to problems, with field and position but without names of Java classes. */
public final class JsonProblemMapper {
    private static final int MAX_LENGTH = 200;

    private JsonProblemMapper() {}

    static Problem of(JacksonException error) {
        String field = field("", error);
        Problem problem = Problem.of(ProblemType.MALFORMED_REQUEST, detail(field, error))
                .with("field", field.isEmpty() ? null : field);
        TokenStreamLocation place = error.getLocation();
        return place == null || place.getLineNr() < 1
                ? problem
                : problem.with("line", place.getLineNr()).with("column", place.getColumnNr());
    }

    /**
     * Maps an exception for a value that was parsed separately. The path of the problem begins with the given field.
     */
    public static Malformed within(String field, JacksonException error) {
        String whole = field(field, error);
        return Malformed.field(whole, detail(whole, error));
    }

    private static String detail(String field, JacksonException error) {
        return switch (error) {
            case UnrecognizedPropertyException e -> "There is no field '" + truncated(e.getPropertyName()) + "' here.";
            case ValueInstantiationException e -> validationMessage(e.getCause(), field);
            case MismatchedInputException e -> mismatch(e, field);
            case StreamConstraintsException _ ->
                "The JSON is nested too deeply, or a name, number or string is too long.";
            case StreamReadException e -> "This is not JSON: " + truncated(e.getOriginalMessage());
            default -> "The body is not the JSON that this call expects.";
        };
    }

    /** The message of a record's own validation. */
    private static String validationMessage(@Nullable Throwable cause, String field) {
        return cause instanceof IllegalArgumentException && cause.getMessage() != null
                ? truncated(cause.getMessage())
                : named(field) + " is missing or not valid.";
    }

    private static String mismatch(MismatchedInputException error, String field) {
        Class<?> type = error.getTargetType();
        return type == null ? named(field) + " has the wrong type." : named(field) + " should be " + kind(type) + ".";
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return "one of the names that the API's description lists";
        }
        if (type.isArray() || Iterable.class.isAssignableFrom(type)) {
            return "an array";
        }
        if (type == String.class) {
            return "a string without unpaired surrogates";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == BigDecimal.class) {
            return "a number";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a number in the range of " + type.getSimpleName().toLowerCase(Locale.ROOT);
        }
        return "of another kind";
    }

    private static String named(String field) {
        return field.isEmpty() ? "The body" : "The field '" + field + "'";
    }

    /** Path such as {@code options.labels.team} or {@code args[3]}; empty for the top level. */
    private static String field(String within, JacksonException error) {
        StringBuilder path = new StringBuilder(within);
        for (JacksonException.Reference each : error.getPath()) {
            if (each.getPropertyName() == null) {
                path.append('[').append(each.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(each.getPropertyName());
            }
        }
        return truncated(path.toString());
    }

    private static String truncated(String text) {
        return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
    }
}
