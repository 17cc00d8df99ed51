package io.minimalcluster.task.bind.error;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JavaType;

/** Descriptions of types and JSON tokens for error messages. */
public final class TypeDescriptions {
    private TypeDescriptions() {}

    public static String nameOf(JavaType type) {
        if (type.isCollectionLikeType() || type.isArrayType()) {
            return "an array";
        }
        return type.isMapLikeType() ? "an object" : article(type.getRawClass().getSimpleName());
    }

    public static String article(String name) {
        if (name.isEmpty()) {
            return "an anonymous class";
        }
        return ("AEIOUaeiou".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name;
    }

    /** The mismatch of a type and the JSON at a parser. */
    public static ArgumentMismatch unreadable(JavaType type, JsonParser parser, String hint) {
        return unreadable(type, found(parser), hint);
    }

    public static ArgumentMismatch unreadable(JavaType type, String found, String hint) {
        return type.isContainerType()
                ? new ArgumentMismatch(nameOf(type) + " is needed, not " + found)
                : new ArgumentMismatch(nameOf(type) + " can not be read from " + found + hint);
    }

    public static String found(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_ARRAY, END_ARRAY -> "an array";
            case START_OBJECT, END_OBJECT, PROPERTY_NAME -> "an object";
            case VALUE_STRING -> "\"" + ArgumentMismatch.shorten(parser.getString(), 60) + "\"";
            case NOT_AVAILABLE,
                    VALUE_EMBEDDED_OBJECT,
                    VALUE_NUMBER_INT,
                    VALUE_NUMBER_FLOAT,
                    VALUE_TRUE,
                    VALUE_FALSE,
                    VALUE_NULL -> ArgumentMismatch.shorten(parser.getString(), 60);
        };
    }
}
