package io.minimalcluster.model.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outermost kind of JSON that fits a Java type. The executor checks nested values.
 *
 * @param nullable whether {@code null} fits too
 * @param min the least integer that fits, inclusive; null without a bound
 * @param max the greatest integer that fits, inclusive; null without a bound
 * @param members the names of the only members that an object may have, such as those of a record; null for any
 */
public record Shape(
        Kind kind,
        boolean nullable,
        @Nullable BigInteger min,
        @Nullable BigInteger max,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> members) {
    public Shape {
        members = members == null ? null : List.copyOf(members);
    }

    /** A shape without named members. */
    public Shape(Kind kind, boolean nullable, @Nullable BigInteger min, @Nullable BigInteger max) {
        this(kind, nullable, min, max, null);
    }

    /** A kind of JSON. */
    public enum Kind {
        /** A number that is whole by value. */
        INTEGER,
        /** Any number, or one of the strings {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}. */
        FLOAT,
        /** Any number. */
        DECIMAL,
        /** A string. */
        STRING,
        /** True or false. */
        BOOLEAN,
        /** An array. */
        ARRAY,
        /** An object. */
        OBJECT,
        /** Any JSON value. */
        ANY,
        /** No JSON value: the type cannot be read. */
        NONE
    }
}
