package io.minimalcluster.task.execute;

import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.bind.JsonElement;
import io.minimalcluster.task.bind.JsonElements;
import io.minimalcluster.task.frame.BatchRequest;
import io.minimalcluster.task.frame.LoadRequest;
import io.minimalcluster.task.frame.OutcomePart;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads frame headers with the reader of arguments, and writes them by the streaming API of Jackson. An executor for
 * numbers and strings thus loads no JSON parser of Jackson, whose tables of powers take longer than the start of a JVM.
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
        JsonElements members = JsonElements.ofObject(header);
        JsonElement name = new JsonElement();
        JsonElement value = new JsonElement();
        while (members.next(name, value)) {
            switch (text(name)) {
                case "bundle" -> bundle = text(value);
                case "libraries" -> libraries = texts(value);
                case "method" -> method = text(value);
                case "fold" -> fold = value.isTrue();
                case "shared" -> shared = value.text();
                case "maxResultBytes" -> maxResultBytes = Math.toIntExact(value.integer());
                case "maxOutputBytes" -> maxOutputBytes = Math.toIntExact(value.integer());
                default -> {
                    // unused here
                }
            }
        }
        return new LoadRequest(bundle, libraries, method, fold, shared, maxResultBytes, maxOutputBytes);
    }

    static BatchRequest readRun(byte[] header) {
        int count = 0;
        @Nullable Long from = null;
        long step = 0;
        JsonElements members = JsonElements.ofObject(header);
        JsonElement name = new JsonElement();
        JsonElement value = new JsonElement();
        while (members.next(name, value)) {
            switch (text(name)) {
                case "count" -> count = Math.toIntExact(value.integer());
                case "from" -> from = value.isNull() ? null : (Long) value.integer();
                case "step" -> step = value.integer();
                default -> {
                    // unused here
                }
            }
        }
        return new BatchRequest(count, from, step);
    }

    private static List<String> texts(JsonElement array) {
        List<String> texts = new ArrayList<>();
        JsonElements elements = JsonElements.ofArray(array);
        JsonElement element = new JsonElement();
        while (elements.next(element)) {
            texts.add(text(element));
        }
        return texts;
    }

    private static String text(JsonElement string) {
        return Objects.requireNonNull(string.text());
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
