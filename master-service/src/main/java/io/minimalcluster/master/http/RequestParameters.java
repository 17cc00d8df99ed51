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
 * Parameters of a call from its query or from form fields. Each reader removes the parameters that it knows.
 * {@link #refuseRest} rejects the rest.
 */
public final class RequestParameters {
    private final Map<String, List<String>> remaining = new LinkedHashMap<>();

    /** Parses a raw query string; null means no query. */
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

    /** Decodes a name or a value of a query. */
    static String decoded(String text) {
        String decoded;
        try {
            decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Malformed("The query is not percent-encoded correctly.");
        }
        if (decoded.indexOf('\0') >= 0) {
            throw new Malformed("The query contains a NUL character."); // PostgreSQL cannot store or compare it
        }
        return decoded;
    }

    public void add(String name, String value) {
        remaining.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    /** Removes a parameter that may occur once. */
    public Optional<String> one(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw repeated(name);
        }
        return values.stream().findFirst();
    }

    /** Removes all values of a parameter. */
    public List<String> all(String name) {
        List<String> values = remaining.remove(name);
        return values == null ? List.of() : values;
    }

    /** Removes all parameters with a prefix. The keys of the result are the names without the prefix. */
    public Map<String, String> below(String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String name : List.copyOf(remaining.keySet())) {
            if (name.startsWith(prefix)) {
                one(name).ifPresent(value -> found.put(name.substring(prefix.length()), value));
            }
        }
        return found;
    }

    /** Rejects the remaining parameters, so that a misspelled name does not silently select a default. */
    public void refuseRest() {
        remaining.keySet().stream().findFirst().ifPresent(name -> {
            throw unknown(name);
        });
    }

    static Malformed unknown(String name) {
        String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
        return Malformed.field(shown, "There is no parameter '" + shown + "' here.");
    }

    static Malformed repeated(String name) {
        return Malformed.field(name, "The parameter '" + name + "' is given more than once.");
    }
}
