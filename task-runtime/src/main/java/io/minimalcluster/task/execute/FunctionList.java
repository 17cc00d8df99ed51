package io.minimalcluster.task.execute;

import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads the list of target functions in a bundle. */
final class FunctionList {
    static final String PATH = "META-INF/minimalcluster/functions.json";

    private FunctionList() {}

    /** The class that declares the function with a signature. */
    static Optional<String> ownerOf(String signature, InputStream list) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), list)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                String owner = ownerIf(signature, parser);
                if (owner != null) {
                    return Optional.of(owner);
                }
            }
        }
        return Optional.empty();
    }

    private static @Nullable String ownerIf(String signature, JsonParser parser) {
        String owner = null;
        boolean found = false;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "owner" -> owner = parser.getString();
                case "signature" -> found = parser.getString().equals(signature);
                default -> parser.skipChildren();
            }
        }
        return found ? owner : null;
    }
}
