package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.error.MasterException.InvalidOption;
import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.http.problem.JsonProblemMapper;
import io.minimalcluster.task.json.JsonScanner;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;

/** Reads the small fields of a large body, one by one. */
public final class JsonFieldReader {
    static final int MOST_BYTES = 256 * 1024;

    private final JsonMapper json;

    public JsonFieldReader(JsonMapper json) {
        this.json = json;
    }

    /** Reads the value that comes next, which is small. */
    public <T> T read(String field, JsonScanner scanner, Class<T> type) throws IOException {
        return read(field, scanner, type, MOST_BYTES);
    }

    /** Reads the value that comes next, of at most so many bytes. */
    public <T> T read(String field, JsonScanner scanner, Class<T> type, int mostBytes) throws IOException {
        scanner.value();
        int length = scanner.end() - scanner.start();
        if (length > mostBytes) {
            throw Malformed.field(field, "The field '" + field + "' is too long.");
        }
        try {
            @Nullable T value = json.readValue(scanner.bytes(), scanner.start(), length, type);
            if (value == null) {
                throw Malformed.field(field, "The field '" + field + "' is null.");
            }
            return value;
        } catch (JacksonException e) {
            throw refusal(field, e);
        }
    }

    /** What a value's own check says is about that value, and names its bounds; the rest is about the form. */
    static RuntimeException refusal(String field, JacksonException error) {
        if (error instanceof ValueInstantiationException
                && error.getCause() instanceof IllegalArgumentException bounds
                && !error.getPath().isEmpty()) {
            String option = String.valueOf(error.getPath().getLast().getPropertyName());
            String allowed = String.valueOf(bounds.getMessage());
            return new InvalidOption(option, allowed, allowed + ".");
        }
        return JsonProblemMapper.within(field, error);
    }

    /** Refuses a field that there is none of. */
    public static Malformed unknown(String name) {
        String shown = cut(name);
        return Malformed.field(shown, "There is no field '" + shown + "' here.");
    }

    /** Refuses a field that is there again. */
    public static Malformed twice(String name) {
        String shown = cut(name);
        return Malformed.field(shown, "The field '" + shown + "' is there twice.");
    }

    private static String cut(String name) {
        return name.length() > 100 ? name.substring(0, 100) + "…" : name;
    }
}
