package io.minimalcluster.task.json;

/** What a JSON value is, told by its text alone. */
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
