package io.minimalcluster.master.http;

import io.minimalcluster.master.error.MasterException.Malformed;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Named values of a call whose names are not all known beforehand, from the query or from the fields of a form. Each is
 * taken by whoever reads it; what nobody took is refused in the end.
 */
public final class RequestParameters {
    private final Map<String, List<String>> left = new LinkedHashMap<>();

    /** Those of a query as it was sent; null where there is none. */
    public static RequestParameters ofQuery(@Nullable String query) {
        RequestParameters parameters = new RequestParameters();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (!pair.isEmpty()) {
                    parameters.add(
                            decoded(equals < 0 ? pair : pair.substring(0, equals)),
                            equals < 0 ? "" : decoded(pair.substring(equals + 1)));
                }
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Malformed("The query is not encoded as a URI is.");
        }
    }

    public void add(String name, String value) {
        left.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    /** Takes a parameter that may be given once. */
    public Optional<String> one(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw Malformed.field(name, "The parameter '" + name + "' is given more than once.");
        }
        return values.stream().findFirst();
    }

    /** Takes a parameter that may be given several times. */
    public List<String> all(String name) {
        List<String> values = left.remove(name);
        return values == null ? List.of() : values;
    }

    /** Takes all whose names begin so, by what their names go on with. */
    public Map<String, String> below(String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String name : List.copyOf(left.keySet())) {
            if (name.startsWith(prefix)) {
                one(name).ifPresent(value -> found.put(name.substring(prefix.length()), value));
            }
        }
        return found;
    }

    /** Refuses what nobody took: a slip of the pen must not be taken for a default. */
    public void refuseRest() {
        left.keySet().stream().findFirst().ifPresent(name -> {
            String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
            throw Malformed.field(shown, "There is no parameter '" + shown + "' here.");
        });
    }
}
