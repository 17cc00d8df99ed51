package io.minimalcluster.system.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A response that is read as a stream. */
public record Stream(int status, InputStream input, BufferedReader reader) implements AutoCloseable {
    static Stream of(HttpResponse<InputStream> response) {
        return new Stream(
                response.statusCode(),
                response.body(),
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    /** Waits for the next line. Empty at the end of the stream. */
    public Optional<String> line() {
        try {
            return Optional.ofNullable(reader.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the next {@code count} lines that are not empty. */
    public List<String> lines(int count) {
        List<String> lines = new ArrayList<>();
        while (lines.size() < count) {
            String line = line().orElseThrow(() -> new AssertionError("the end after " + lines));
            if (!line.isEmpty()) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** Returns all remaining lines that are not empty. */
    public List<String> rest() {
        List<String> lines = new ArrayList<>();
        for (Optional<String> line = line(); line.isPresent(); line = line()) {
            line.filter(text -> !text.isEmpty()).ifPresent(lines::add);
        }
        return lines;
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
