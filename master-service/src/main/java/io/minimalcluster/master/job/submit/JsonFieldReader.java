package io.minimalcluster.master.job.submit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.master.error.MasterException.InvalidOption;
import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.http.problem.JsonProblemMapper;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.RawJson;
import io.minimalcluster.model.support.JsonLimits;
import io.minimalcluster.task.json.JsonScanner;
import io.minimalcluster.task.json.JsonTooDeepException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;

/** Reads the small fields of a large JSON body one by one. */
public final class JsonFieldReader {
    static final int MAX_BYTES = 256 * 1024;

    private final JsonMapper json;

    public JsonFieldReader(JsonMapper json) {
        this.json = json;
    }

    /** Reads the next value, with the default limit of its length. */
    public <T> T read(String field, JsonScanner scanner, Class<T> type) throws IOException {
        return read(field, scanner, type, MAX_BYTES);
    }

    /**
     * Reads the next value.
     *
     * @param maxBytes limit of its length
     * @throws Malformed if the value is too long, null or of the wrong type
     */
    public <T> T read(String field, JsonScanner scanner, Class<T> type, int maxBytes) throws IOException {
        scanner.value();
        int length = scanner.end() - scanner.start();
        if (length > maxBytes) {
            throw Malformed.field(field, "The field '" + field + "' is too long.");
        }
        try {
            @Nullable T value = json.readValue(scanner.bytes(), scanner.start(), length, type);
            if (value == null) {
                throw Malformed.field(field, "The field '" + field + "' is null.");
            }
            return value;
        } catch (JacksonException e) {
            throw problem(field, e);
        }
    }

    /**
     * Reads the options of a job. The shared value is kept as posted, because the limits of Jackson differ from those
     * of arguments.
     */
    public JobOptions readOptions(JsonScanner scanner) throws IOException {
        if (!scanner.isAtObject()) {
            return read("options", scanner, JobOptions.class);
        }
        ByteArrayOutputStream others = new ByteArrayOutputStream();
        @Nullable RawJson shared = null;
        scanner.enterObject();
        for (String name = scanner.nextField(); name != null; name = scanner.nextField()) {
            readOption(name, scanner);
            if (!unescaped(name).equals("shared")) {
                others.writeBytes(((others.size() == 0 ? "{\"" : ",\"") + name + "\":").getBytes(UTF_8));
                others.write(scanner.bytes(), scanner.start(), scanner.end() - scanner.start());
            } else if (shared == null) {
                shared = new RawJson(
                        new String(scanner.bytes(), scanner.start(), scanner.end() - scanner.start(), UTF_8));
            } else {
                throw duplicate("options.shared");
            }
        }
        others.writeBytes((others.size() == 0 ? "{}" : "}").getBytes(UTF_8));
        return read("options", JsonScanner.of(others.toByteArray()), JobOptions.class)
                .withShared(shared);
    }

    private static void readOption(String name, JsonScanner scanner) throws IOException {
        try {
            scanner.value();
        } catch (JsonTooDeepException e) {
            throw tooDeep(cut(name), e);
        }
    }

    static InvalidOption tooDeep(String option, JsonTooDeepException error) {
        return new InvalidOption(
                option, "at most " + JsonLimits.MAX_DEPTH + " levels", option + " has " + error.getMessage() + ".");
    }

    /** Clients may escape any character of a name. */
    private String unescaped(String name) {
        return name.indexOf('\\') < 0 ? name : json.readValue('"' + name + '"', String.class);
    }

    /**
     * Converts an error of Jackson. An error from the check of a value names the bounds of the value. All other errors
     * concern the form of the body.
     */
    static RuntimeException problem(String field, JacksonException error) {
        if (error instanceof ValueInstantiationException
                && error.getCause() instanceof IllegalArgumentException bounds
                && !error.getPath().isEmpty()) {
            String option = String.valueOf(error.getPath().getLast().getPropertyName());
            String allowed = String.valueOf(bounds.getMessage());
            return new InvalidOption(option, allowed, allowed + ".");
        }
        return JsonProblemMapper.within(field, error);
    }

    /** Problem for an unknown field. */
    public static Malformed unknown(String name) {
        String shown = cut(name);
        return Malformed.field(shown, "There is no field '" + shown + "' here.");
    }

    /** Problem for a repeated field. */
    public static Malformed duplicate(String name) {
        String shown = cut(name);
        return Malformed.field(shown, "The field '" + shown + "' occurs twice.");
    }

    private static String cut(String name) {
        return name.length() > 100 ? name.substring(0, 100) + "…" : name;
    }
}
