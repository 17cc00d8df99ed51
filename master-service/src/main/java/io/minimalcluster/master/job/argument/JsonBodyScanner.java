package io.minimalcluster.master.job.argument;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.error.MasterException.PayloadTooLarge;
import io.minimalcluster.task.json.JsonScanner;
import io.minimalcluster.task.json.JsonSyntaxException;
import io.minimalcluster.task.json.JsonTooLargeException;
import java.io.IOException;
import java.io.InputStream;

/** Scans a request body as a stream and reports syntax errors with their position. */
public final class JsonBodyScanner {
    private JsonBodyScanner() {}

    /** Reads from a scanner. */
    @FunctionalInterface
    public interface Reading {
        void read(JsonScanner scanner) throws IOException;
    }

    /**
     * Scans a body. Each of its values is limited to the size of an argument.
     *
     * @throws Malformed if the body is not valid JSON
     * @throws PayloadTooLarge if a value is too long
     */
    public static void scan(InputStream body, ArgumentLimits limits, Reading reading) throws IOException {
        JsonScanner scanner =
                JsonScanner.of(body, Math.toIntExact(limits.argumentBytes().bytes()));
        try {
            reading.read(scanner);
        } catch (JsonSyntaxException e) {
            throw Malformed.at(
                    Math.clamp(e.line(), 1, Integer.MAX_VALUE),
                    Math.clamp(e.column(), 1, Integer.MAX_VALUE),
                    "The body is malformed: " + e.getMessage() + ".");
        } catch (JsonTooLargeException e) {
            throw new PayloadTooLarge(
                    "The value that begins in line " + scanner.line() + " is longer than " + e.limitBytes() + " bytes.",
                    e.limitBytes());
        }
    }
}
