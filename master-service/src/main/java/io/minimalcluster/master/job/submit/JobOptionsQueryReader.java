package io.minimalcluster.master.job.submit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.http.RequestParameters;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.MaxFailures;
import io.minimalcluster.model.job.RawJson;
import io.minimalcluster.task.json.JsonScanner;
import io.minimalcluster.task.json.JsonSyntaxException;
import io.minimalcluster.task.json.JsonTooDeepException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads the options of a job from query parameters, such as {@code priority=7}, {@code labels.team=x},
 * {@code retryOn=a.B,c.D}, {@code taskTimeoutSeconds=30} or {@code taskTimeoutSeconds=30s}. Every option is supported.
 */
public final class JobOptionsQueryReader {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ms|s|m|h|d)?");

    private final JsonMapper json;

    public JobOptionsQueryReader(JsonMapper json) {
        this.json = json;
    }

    /** Reads the options and checks their bounds. */
    public JobOptions take(RequestParameters parameters) {
        ObjectNode found = json.createObjectNode();
        for (RecordComponent option : JobOptions.class.getRecordComponents()) {
            JsonNode value = value(option, parameters);
            if (value != null) {
                found.set(option.getName(), value);
            }
        }
        try {
            JobOptions options = json.treeToValue(found, JobOptions.class)
                    .withShared(parameters
                            .one("shared")
                            .map(JobOptionsQueryReader::shared)
                            .orElse(null));
            JobOptionsValidator.check(options);
            return options;
        } catch (JacksonException e) {
            throw JsonFieldReader.problem("", e);
        }
    }

    private @Nullable JsonNode value(RecordComponent option, RequestParameters parameters) {
        String name = option.getName();
        if (option.getType() == RawJson.class) {
            return null; // not read by Jackson, whose limits differ
        }
        if (option.getType() == Map.class) {
            return map(parameters.below(name + "."));
        }
        if (option.getType() == List.class) {
            return list(parameters.all(name));
        }
        return parameters
                .one(name)
                .map(text -> scalar(name, option.getType(), text))
                .orElse(null);
    }

    private @Nullable JsonNode map(Map<String, String> entries) {
        ObjectNode map = json.createObjectNode();
        entries.forEach(map::put);
        return entries.isEmpty() ? null : map;
    }

    private @Nullable JsonNode list(List<String> values) {
        ArrayNode list = json.createArrayNode();
        values.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .forEach(list::add);
        return values.isEmpty() ? null : list;
    }

    private JsonNode scalar(String name, Class<?> type, String text) {
        if (type == String.class || type == MaxFailures.class) {
            return StringNode.valueOf(text);
        }
        if (type == Integer.class) {
            return integer(name, text);
        }
        if (type == Double.class) {
            return seconds(name, text);
        }
        return bool(name, text);
    }

    private static JsonNode integer(String name, String text) {
        try {
            return IntNode.valueOf(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw Malformed.field(name, name + " is a whole number.");
        }
    }

    private static JsonNode seconds(String name, String text) {
        Matcher form = DURATION.matcher(text);
        if (!form.matches()) {
            throw Malformed.field(name, name + " is a number of seconds, or a duration such as 30s, 500ms or 2m.");
        }
        BigDecimal unit = switch (form.group(2)) {
            case "ms" -> new BigDecimal("0.001");
            case "m" -> BigDecimal.valueOf(60);
            case "h" -> BigDecimal.valueOf(3600);
            case "d" -> BigDecimal.valueOf(86_400);
            case null, default -> BigDecimal.ONE;
        };
        return DecimalNode.valueOf(new BigDecimal(form.group(1)).multiply(unit));
    }

    private static JsonNode bool(String name, String text) {
        return switch (text) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            default -> throw Malformed.field(name, name + " is true or false.");
        };
    }

    private static RawJson shared(String text) {
        try {
            JsonScanner value = JsonScanner.of(text.getBytes(UTF_8));
            value.value();
            value.finish();
            return new RawJson(text.strip());
        } catch (JsonTooDeepException e) {
            throw JsonFieldReader.tooDeep("shared", e);
        } catch (JsonSyntaxException e) {
            throw Malformed.field("shared", "shared is a JSON value.");
        } catch (IOException e) {
            throw new UncheckedIOException(e); // unreachable: the input is in memory
        }
    }
}
