package io.minimalcluster.task.execute;

import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.frame.BatchRequest;
import io.minimalcluster.task.frame.LoadRequest;
import io.minimalcluster.task.frame.OutcomePart;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and writes frame headers by the streaming API. An executor for numbers thus never loads Jackson databind, and
 * starts in half the time.
 */
final class FrameHeaders {
    private static final JsonFactory JSON = new JsonFactory();

    private FrameHeaders() {}

    static LoadRequest readLoad(byte[] header) {
        String bundle = "";
        String method = "";
        List<String> libraries = new ArrayList<>();
        boolean fold = false;
        @Nullable String shared = null;
        int maxResultBytes = 0;
        int maxOutputBytes = 0;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), header)) {
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                boolean isNull = parser.nextToken() == JsonToken.VALUE_NULL;
                switch (name) {
                    case "bundle" -> bundle = parser.getString();
                    case "libraries" -> {
                        while (parser.nextToken() == JsonToken.VALUE_STRING) {
                            libraries.add(parser.getString());
                        }
                    }
                    case "method" -> method = parser.getString();
                    case "fold" -> fold = parser.getBooleanValue();
                    case "shared" -> shared = isNull ? null : parser.getString();
                    case "maxResultBytes" -> maxResultBytes = parser.getIntValue();
                    case "maxOutputBytes" -> maxOutputBytes = parser.getIntValue();
                    default -> parser.skipChildren();
                }
            }
        }
        return new LoadRequest(bundle, libraries, method, fold, shared, maxResultBytes, maxOutputBytes);
    }

    static BatchRequest readRun(byte[] header) {
        int count = 0;
        @Nullable Long from = null;
        long step = 0;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), header)) {
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                boolean isNull = parser.nextToken() == JsonToken.VALUE_NULL;
                switch (name) {
                    case "count" -> count = parser.getIntValue();
                    case "from" -> from = isNull ? null : (Long) parser.getLongValue();
                    case "step" -> step = isNull ? 0 : parser.getLongValue();
                    default -> parser.skipChildren();
                }
            }
        }
        return new BatchRequest(count, from, step);
    }

    static byte[] of(TaskError error) {
        return json(generator -> write(generator, error));
    }

    static byte[] of(OutcomePart part) {
        return json(generator -> {
            generator.writeStartObject();
            generator.writeNumberProperty("first", part.first());
            generator.writeNumberProperty("count", part.count());
            generator.writeArrayPropertyStart("errors");
            for (OutcomePart.PositionError error : part.errors()) {
                generator.writeStartObject();
                generator.writeNumberProperty("position", error.position());
                generator.writeName("error");
                write(generator, error.error());
                generator.writeArrayPropertyStart("supertypes");
                error.supertypes().forEach(type -> generator.writeString(wellFormed(type)));
                generator.writeEndArray();
                generator.writeEndObject();
            }
            generator.writeEndArray();
            generator.writeName("nanos");
            generator.writeArray(part.nanos(), 0, part.nanos().length);
            generator.writeArrayPropertyStart("output");
            for (OutcomePart.PositionOutput output : part.output()) {
                generator.writeStartObject();
                generator.writeNumberProperty("position", output.position());
                text(generator, "text", output.text());
                generator.writeBooleanProperty("truncated", output.truncated());
                generator.writeEndObject();
            }
            generator.writeEndArray();
            generator.writeEndObject();
        });
    }

    private static void write(JsonGenerator generator, TaskError error) {
        generator.writeStartObject();
        text(generator, "kind", error.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        text(generator, "type", error.type());
        text(generator, "message", error.message());
        generator.writeArrayPropertyStart("stackTrace");
        for (String frame : error.stackTrace()) {
            generator.writeString(wellFormed(frame));
        }
        generator.writeEndArray();
        generator.writeNumberProperty("attempts", error.attempts());
        generator.writeEndObject();
    }

    private static void text(JsonGenerator generator, String name, @Nullable String text) {
        generator.writeName(name);
        if (text == null) {
            generator.writeNull();
        } else {
            generator.writeString(wellFormed(text));
        }
    }

    /** Replaces lone surrogates, which have no UTF-8 encoding. */
    private static String wellFormed(String text) {
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return text;
        }
        StringBuilder whole = new StringBuilder();
        text.codePoints()
                .map(c -> c <= Character.MAX_VALUE && Character.isSurrogate((char) c) ? 0xfffd : c)
                .forEach(whole::appendCodePoint);
        return whole.toString();
    }

    private static byte[] json(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            content.accept(generator);
        }
        return bytes.toByteArray();
    }
}
