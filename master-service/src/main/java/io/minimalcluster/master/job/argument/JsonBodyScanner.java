package io.minimalcluster.master.job.argument;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.error.MasterException.PayloadTooLarge;
import io.minimalcluster.task.json.JsonScanner;
import io.minimalcluster.task.json.JsonSyntaxException;
import io.minimalcluster.task.json.JsonTooLargeException;
import java.io.IOException;
import java.io.InputStream;

/** A body that is scanned as it comes, and refused with the place where it is wrong. */
public final class JsonBodyScanner {
    private JsonBodyScanner() {}

    /** Reads something off a scanner. */
    @FunctionalInterface
    public interface Reading {
        void read(JsonScanner scanner) throws IOException;
    }

    /** Scans a body, no value of which is longer than an argument may be. */
    public static void scan(InputStream body, ArgumentLimits limits, Reading reading) throws IOException {
        JsonScanner scanner =
                JsonScanner.of(body, Math.toIntExact(limits.argumentBytes().bytes()));
        try {
            reading.read(scanner);
        } catch (JsonSyntaxException e) {
            throw Malformed.at(
                    Math.clamp(e.line(), 1, Integer.MAX_VALUE),
                    Math.clamp(e.column(), 1, Integer.MAX_VALUE),
                    "The body is not as it should be: " + e.getMessage() + ".");
        } catch (JsonTooLargeException e) {
            throw new PayloadTooLarge(
                    "What begins in line " + scanner.line() + " is longer than " + e.limitBytes() + " bytes.",
                    e.limitBytes());
        }
    }
}
