package io.minimalcluster.model.job;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A JSON value as text, which is passed on as it is. Who reads one brings a deserializer of its own, so that no tree is
 * built.
 *
 * @param text well-formed JSON
 */
public record RawJson(@JsonValue @JsonRawValue String text) {
    @Override
    public String toString() {
        return text;
    }
}
