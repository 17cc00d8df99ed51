package io.minimalcluster.client.cli.option;

import io.minimalcluster.client.json.WireJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** Checks the text of an option that takes a JSON array. */
final class JsonArray {
    private static final int MAX_SHOWN = 20;

    private JsonArray() {}

    /**
     * Returns the text.
     *
     * @throws UsageException if it is not a JSON array, with the place of the error
     */
    static String validated(String option, String text) {
        if (text.isBlank()) {
            throw new UsageException(option + " is empty, and takes a JSON array, such as [1,2,3]");
        }
        try (JsonParser parser = WireJson.MAPPER.createParser(text)) {
            boolean isArray = parser.nextToken() == JsonToken.START_ARRAY;
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new UsageException(option + " has more than one JSON value");
            }
            if (isArray) {
                return text;
            }
        } catch (UnexpectedEndOfInputException _) {
            throw new UsageException(option + " is not JSON: it ends too early, after " + end(text.strip()));
        } catch (StreamConstraintsException _) {
            throw new UsageException(option + " is nested too deeply");
        } catch (JacksonException e) {
            throw new UsageException(option + " is not JSON from " + place(text, e));
        }
        throw new UsageException(option + " takes a JSON array, such as [1,2,3]");
    }

    private static String place(String text, JacksonException e) {
        int at = Math.clamp(e.getLocation().getCharOffset(), 0, text.length());
        String rest = text.substring(at).lines().findFirst().orElse("");
        int line = e.getLocation().getLineNr();
        return (line == 1 ? "" : "line " + line + ", ") + "column "
                + e.getLocation().getColumnNr() + " on: " + start(rest);
    }

    private static String start(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    private static String end(String text) {
        return text.length() <= MAX_SHOWN ? text : "…" + text.substring(text.length() - MAX_SHOWN);
    }
}
