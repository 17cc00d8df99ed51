package io.minimalcluster.model.job;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A JSON value as unparsed text. Readers provide their own deserializers, so that no tree is built.
 *
 * @param text well-formed JSON
 */
public record RawJson(@JsonValue @JsonRawValue String text) {
    @Override
    public String toString() {
        return text;
    }
}
