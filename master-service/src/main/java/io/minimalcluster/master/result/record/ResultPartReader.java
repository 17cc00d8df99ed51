package io.minimalcluster.master.result.record;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.http.json.LenientJson;
import io.minimalcluster.master.http.problem.JsonProblemMapper;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.segment.SegmentBuilder;
import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.task.json.JsonScanner;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads a posted part. Values are only scanned, not parsed, because user code controls the process that wrote them. */
final class ResultPartReader {
    private static final byte[] NULL = "null".getBytes(US_ASCII);
    private static final int MAX_FIELD_BYTES = 64 * 1024 * 1024;
    private static final int MAX_REASON_CHARS = 1000;

    /** The number of short values that are read at once. */
    private static final int BLOCK = 1024;

    private static final Set<String> FIELDS =
            Set.of("first", "count", "values", "errors", "micros", "output", "done", "refused");

    private final JsonMapper json;
    private final Set<String> seen = new HashSet<>();
    private final int maxResultBytes;
    private final JsonScanner scanner;
    private final List<Integer> tooLarge = new ArrayList<>();
    private @Nullable Long first;
    private @Nullable Integer count;
    private @Nullable SegmentBuilder values;
    private List<IndexedError> errors = List.of();
    private long[] micros = {};
    private List<IndexedOutput> output = List.of();
    private boolean done;
    private @Nullable String refused;

    /** @param maxResultBytes limit of a value; a longer value becomes a failure of its task */
    ResultPartReader(LenientJson json, InputStream body, int maxResultBytes) {
        this.json = json.mapper();
        this.maxResultBytes = maxResultBytes;
        this.scanner = JsonScanner.of(body, MAX_FIELD_BYTES);
    }

    ResultPart read() throws IOException {
        scanner.enterObject();
        for (String name = scanner.nextField(); name != null; name = scanner.nextField()) {
            field(name);
        }
        scanner.finish();
        return part();
    }

    private void field(String name) throws IOException {
        if (FIELDS.contains(name) && !seen.add(name)) {
            throw Malformed.field(name, "The field '" + name + "' occurs twice.");
        }
        switch (name) {
            case "first" -> first = take(name, Long.class);
            case "count" -> count = take(name, Integer.class);
            case "values" -> readValues();
            case "errors" -> errors = elements(name, IndexedError[].class);
            case "micros" -> micros = clampNegative(take(name, long[].class));
            case "output" -> output = elements(name, IndexedOutput[].class);
            case "done" -> done = take(name, Boolean.class);
            case "refused" -> refused = take(name, String.class);
            default -> scanner.value();
        }
    }

    private void readValues() throws IOException {
        SegmentBuilder found = new SegmentBuilder(0);
        byte[] lengths = new byte[maxResultBytes < JsonScanner.MAX_SCALAR_BYTES ? 0 : BLOCK];
        scanner.enterArray();
        readShortValues(found, lengths);
        while (scanner.nextElement()) {
            readValue(found);
            readShortValues(found, lengths);
        }
        values = found;
    }

    private void readShortValues(SegmentBuilder found, byte[] lengths) {
        int count = scanner.nextScalars(lengths);
        if (count > 0) {
            found.addAll(scanner.bytes(), scanner.start(), scanner.end(), lengths, count);
        }
    }

    private void readValue(SegmentBuilder found) throws IOException {
        scanner.value();
        if (scanner.end() - scanner.start() > maxResultBytes) {
            tooLarge.add(Math.toIntExact(found.end()));
            found.add(NULL, 0, NULL.length);
        } else {
            found.add(scanner.bytes(), scanner.start(), scanner.end());
        }
    }

    private <T> T take(String field, Class<T> type) throws IOException {
        scanner.value();
        try {
            T value = json.readValue(scanner.bytes(), scanner.start(), scanner.end() - scanner.start(), type);
            if (value != null) {
                return value;
            }
        } catch (JacksonException e) {
            throw JsonProblemMapper.within(field, e);
        }
        throw Malformed.field(field, "The field '" + field + "' is null.");
    }

    private <T> List<T> elements(String field, Class<T[]> type) throws IOException {
        List<T> elements = Arrays.asList(take(field, type));
        if (elements.contains(null)) {
            throw Malformed.field(field, "An element of '" + field + "' is null.");
        }
        return elements;
    }

    /** Replaces negative times, because the clock of a worker may run backwards. */
    private static long[] clampNegative(long[] times) {
        return Arrays.stream(times).map(time -> Math.max(0, time)).toArray();
    }

    private ResultPart part() {
        if (refused != null) {
            return new ResultPart(null, new TreeMap<>(), new long[0], List.of(), true, printable(refused));
        }
        if (first == null || count == null || first < 0 || count < 0 || first > Long.MAX_VALUE - count) {
            throw Malformed.field("first", "first and count are needed, and not below 0.");
        }
        long found = values == null ? 0 : values.end();
        if (found != count) {
            throw Malformed.field("values", "There are " + found + " values, not " + count + ".");
        }
        if (micros.length > 1 && micros.length != count) {
            throw Malformed.field("micros", "There are " + micros.length + " times, not " + count + " or one.");
        }
        NavigableMap<Long, IndexedError> byIndex = errorsByIndex();
        output.forEach(text -> within("output", text.index()));
        Segment segment = values == null || count == 0 ? null : values.build();
        if (segment != null) {
            segment = new Segment(first, count, segment.data(), segment.lengths());
            checkNullWhereFailed(segment, byIndex);
        }
        return new ResultPart(segment, byIndex, micros, output, done);
    }

    private static String printable(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= MAX_REASON_CHARS ? line : line.substring(0, MAX_REASON_CHARS) + "…";
    }

    private NavigableMap<Long, IndexedError> errorsByIndex() {
        NavigableMap<Long, IndexedError> byIndex = new TreeMap<>();
        for (IndexedError error : errors) {
            if (error.kind() == null) {
                throw Malformed.field("errors", "The error of index " + error.index() + " has no kind.");
            }
            if (byIndex.put(within("errors", error.index()), error) != null) {
                throw Malformed.field("errors", "Index " + error.index() + " has two errors.");
            }
        }
        for (int place : tooLarge) {
            long index = within("values", Objects.requireNonNull(first) + place);
            byIndex.put(index, tooLarge(index));
        }
        return byIndex;
    }

    private long within(String field, long index) {
        if (first == null || count == null || index < first || index >= first + count) {
            throw Malformed.field(field, "Index " + index + " is not in this part.");
        }
        return index;
    }

    private IndexedError tooLarge(long index) {
        String message = "The result is longer than " + maxResultBytes + " bytes.";
        return new IndexedError(index, ErrorKind.RESULT_TOO_LARGE, null, message, null, 1);
    }

    private static void checkNullWhereFailed(Segment segment, Map<Long, IndexedError> errors) {
        if (errors.isEmpty()) {
            return;
        }
        Segment.Values at = segment.values();
        while (at.next()) {
            boolean isNull = at.end() - at.start() == NULL.length && segment.data()[at.start()] == 'n';
            if (!isNull && errors.containsKey(at.index())) {
                throw Malformed.field("values", "Index " + at.index() + " has an error, and a value that is not null.");
            }
        }
    }
}
