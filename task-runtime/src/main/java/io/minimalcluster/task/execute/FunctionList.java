package io.minimalcluster.task.execute;

import io.minimalcluster.task.bind.JsonElement;
import io.minimalcluster.task.bind.JsonElements;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the list of target functions in a bundle. */
final class FunctionList {
    static final String PATH = "META-INF/minimalcluster/functions.json";

    private FunctionList() {}

    /** The class that declares the function with a signature. */
    static Optional<String> ownerOf(String signature, InputStream list) throws IOException {
        JsonElements functions = new JsonElements(list.readAllBytes());
        JsonElement function = new JsonElement();
        while (functions.next(function)) {
            String owner = ownerIf(signature, JsonElements.ofObject(function));
            if (owner != null) {
                return Optional.of(owner);
            }
        }
        return Optional.empty();
    }

    private static @Nullable String ownerIf(String signature, JsonElements members) {
        String owner = null;
        boolean found = false;
        JsonElement name = new JsonElement();
        JsonElement value = new JsonElement();
        while (members.next(name, value)) {
            if ("owner".equals(name.text())) {
                owner = value.text();
            } else if ("signature".equals(name.text())) {
                found = signature.equals(value.text());
            }
        }
        return found ? owner : null;
    }
}
