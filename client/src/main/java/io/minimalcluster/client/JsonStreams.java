package io.minimalcluster.client;

import io.minimalcluster.model.job.Job;
import java.io.IOException;
import java.io.InputStream;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterators.AbstractLongSpliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;

/** Reads JSON values one by one as they arrive; the streams that it gives close the input. */
final class JsonStreams {
    private final ObjectMapper json;
    private final Function<IOException, UnreachableException> broken;

    JsonStreams(ObjectMapper json, Function<IOException, UnreachableException> broken) {
        this.json = json;
        this.broken = broken;
    }

    /** The elements of an array. */
    <T> Stream<@Nullable T> ofArray(InputStream input, Class<T> type) {
        return values(input, array(input), type);
    }

    /** The answer to a run: a job, and then the values of it as they come, unless they are reduced to one. */
    <T> RunResult<T> ofRun(InputStream input, Class<T> type) {
        JsonParser parser = guarded(() -> json.createParser(input));
        expect(input, guarded(parser::nextToken) == JsonToken.START_OBJECT);
        expect(input, "job".equals(guarded(parser::nextName)));
        guarded(parser::nextToken);
        ObjectReader jobs = json.readerFor(Job.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        Job job = guarded(() -> jobs.<Job>readValue(parser));
        String name = guarded(parser::nextName);
        if (name == null && parser.currentToken() == JsonToken.END_OBJECT) {
            close(input);
            return new RunResult<T>(job, Optional.<Stream<@Nullable T>>empty());
        }
        expect(input, "values".equals(name));
        expect(input, guarded(parser::nextToken) == JsonToken.START_ARRAY);
        return new RunResult<T>(job, Optional.<Stream<@Nullable T>>of(values(input, parser, type)));
    }

    private void expect(InputStream input, boolean isThere) {
        if (!isThere) {
            close(input);
            throw broken.apply(new IOException("not the answer to a run"));
        }
    }

    /** Values that follow each other with nothing but white space between them. */
    <T> Stream<T> ofLines(InputStream input, Class<T> type) {
        return values(input, guarded(() -> json.createParser(input)), type).map(Objects::requireNonNull);
    }

    /** The elements of an array of whole numbers, without an object for each. */
    LongStream longs(InputStream input) {
        JsonParser parser = array(input);
        var numbers = new AbstractLongSpliterator(Long.MAX_VALUE, AbstractLongSpliterator.ORDERED) {
            @Override
            public boolean tryAdvance(LongConsumer action) {
                if (isAtEnd(parser)) {
                    return false;
                }
                action.accept(number(parser));
                return true;
            }
        };
        return StreamSupport.longStream(numbers, false).onClose(() -> close(input));
    }

    private <T> Stream<@Nullable T> values(InputStream input, JsonParser parser, Class<T> type) {
        ObjectReader reader = json.readerFor(type).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        var elements = new AbstractSpliterator<@Nullable T>(Long.MAX_VALUE, AbstractSpliterator.ORDERED) {
            @Override
            public boolean tryAdvance(Consumer<? super @Nullable T> action) {
                if (isAtEnd(parser)) {
                    return false;
                }
                action.accept(JsonStreams.this.<@Nullable T>guarded(() -> reader.readValue(parser)));
                return true;
            }
        };
        return StreamSupport.<@Nullable T>stream(elements, false).onClose(() -> close(input));
    }

    private JsonParser array(InputStream input) {
        JsonParser parser = guarded(() -> json.createParser(input));
        if (guarded(parser::nextToken) != JsonToken.START_ARRAY) {
            close(input);
            throw broken.apply(new IOException("no array where one belongs"));
        }
        return parser;
    }

    private boolean isAtEnd(JsonParser parser) {
        try {
            JsonToken token = parser.nextToken();
            return token == null || token == JsonToken.END_ARRAY;
        } catch (JacksonException e) {
            throw brokenOff(e);
        }
    }

    private long number(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            throw new NoSuchElementException("a task has no value, for it failed or returned none");
        }
        try {
            return parser.getLongValue();
        } catch (JacksonException e) {
            throw brokenOff(e);
        }
    }

    /** Broken or missing JSON means that the answer was cut off: a master writes none such. */
    private <T extends @Nullable Object> T guarded(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (JacksonException e) {
            throw brokenOff(e);
        }
    }

    private UnreachableException brokenOff(JacksonException e) {
        return broken.apply(new IOException("the answer broke off", e));
    }

    private void close(InputStream input) {
        try {
            input.close();
        } catch (IOException e) {
            throw broken.apply(e);
        }
    }
}
