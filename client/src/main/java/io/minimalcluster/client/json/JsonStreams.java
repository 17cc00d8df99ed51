package io.minimalcluster.client.json;

import io.minimalcluster.model.job.Job;
import java.io.IOException;
import java.io.InputStream;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterators.AbstractLongSpliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.BiFunction;
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
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;

/** Parses JSON values from an input stream lazily. Closing a returned stream closes the input. */
public final class JsonStreams {
    private final ObjectMapper json;
    private final Function<IOException, ? extends RuntimeException> connectionFailure;

    public JsonStreams(ObjectMapper json, Function<IOException, ? extends RuntimeException> connectionFailure) {
        this.json = json;
        this.connectionFailure = connectionFailure;
    }

    /** Streams the values of tasks from an array. */
    public <T> Stream<@Nullable T> ofArray(InputStream input, Class<T> type) {
        return values(input, array(input), ValueMapper.reader(type));
    }

    /** Reads the response to a run: the job, then its values unless the response contains only the reduced value. */
    public <T, R> R ofRun(InputStream input, Class<T> type, BiFunction<Job, Optional<Stream<@Nullable T>>, R> result) {
        JsonParser parser = parse(() -> json.createParser(input));
        expect(input, parse(parser::nextToken) == JsonToken.START_OBJECT);
        expect(input, "job".equals(parse(parser::nextName)));
        parse(parser::nextToken);
        ObjectReader jobs = json.readerFor(Job.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        Job job = parse(() -> jobs.<Job>readValue(parser));
        String name = parse(parser::nextName);
        if (name == null && parser.currentToken() == JsonToken.END_OBJECT) {
            close(input);
            return result.apply(job, Optional.<Stream<@Nullable T>>empty());
        }
        expect(input, "values".equals(name));
        expect(input, parse(parser::nextToken) == JsonToken.START_ARRAY);
        return result.apply(job, Optional.<Stream<@Nullable T>>of(values(input, parser, ValueMapper.reader(type))));
    }

    private void expect(InputStream input, boolean valid) {
        if (!valid) {
            close(input);
            throw connectionFailure.apply(new IOException("the response is not that of a run"));
        }
    }

    /** Streams records of the master that are separated by white space. */
    public <T> Stream<T> ofLines(InputStream input, Class<T> type) {
        ObjectReader reader = json.readerFor(type).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        return this.<T>elements(
                        input, parse(() -> json.createParser(input)), parser -> parse(() -> reader.readValue(parser)))
                .map(Objects::requireNonNull);
    }

    /** Streams the elements of an array of integers without boxing. */
    public LongStream longs(InputStream input) {
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

    @SuppressWarnings("unchecked") // the reader is that of the type T
    private <T> Stream<@Nullable T> values(InputStream input, JsonParser parser, ObjectReader reader) {
        return elements(input, parser, at -> (T) this.<@Nullable Object>parse(() -> ValueMapper.read(reader, at)));
    }

    private <T> Stream<@Nullable T> elements(
            InputStream input, JsonParser parser, Function<JsonParser, @Nullable T> element) {
        var elements = new AbstractSpliterator<@Nullable T>(Long.MAX_VALUE, AbstractSpliterator.ORDERED) {
            @Override
            public boolean tryAdvance(Consumer<? super @Nullable T> action) {
                if (isAtEnd(parser)) {
                    return false;
                }
                action.accept(element.apply(parser));
                return true;
            }
        };
        return StreamSupport.<@Nullable T>stream(elements, false).onClose(() -> close(input));
    }

    private JsonParser array(InputStream input) {
        JsonParser parser = parse(() -> json.createParser(input));
        if (parse(parser::nextToken) != JsonToken.START_ARRAY) {
            close(input);
            throw connectionFailure.apply(new IOException("the response is not a JSON array"));
        }
        return parser;
    }

    private boolean isAtEnd(JsonParser parser) {
        try {
            JsonToken token = parser.nextToken();
            return token == null || token == JsonToken.END_ARRAY;
        } catch (JacksonException e) {
            throw truncated(e);
        }
    }

    private long number(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            throw new NoSuchElementException("a task has no value: it failed or returned null");
        }
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new IllegalArgumentException("a value is no integer: " + parse(parser::getString));
        }
        try {
            return parser.getLongValue();
        } catch (JacksonException e) {
            throw truncated(e);
        }
    }

    /** Maps a parse error. Most likely the connection broke, because the master writes valid JSON. */
    private <T extends @Nullable Object> T parse(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (JacksonException e) {
            throw truncated(e);
        }
    }

    /**
     * Whether JSON is broken or ends too early, as after a lost connection. A value that exceeds a limit or does not
     * fit its type stays so when the call is repeated.
     */
    static boolean isBroken(JacksonException e) {
        return (e instanceof StreamReadException && !(e instanceof StreamConstraintsException))
                || e instanceof JacksonIOException;
    }

    private RuntimeException truncated(JacksonException e) {
        return isBroken(e)
                ? connectionFailure.apply(new IOException("the response is incomplete", e))
                : new IllegalStateException("the response can't be read: " + e.getOriginalMessage(), e);
    }

    private void close(InputStream input) {
        try {
            input.close();
        } catch (IOException e) {
            throw connectionFailure.apply(e);
        }
    }
}
