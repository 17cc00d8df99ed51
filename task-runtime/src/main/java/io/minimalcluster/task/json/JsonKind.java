package io.minimalcluster.task.json;

/** The kind of a JSON value by its text. */
public enum JsonKind {
    NULL,
    BOOLEAN,
    /** A number without fraction and exponent. */
    INTEGER,
    /** A number with fraction or exponent. */
    DECIMAL,
    STRING,
    ARRAY,
    OBJECT
}
