package io.minimalcluster.worker.report.buffer;

import io.minimalcluster.task.json.JsonScanner;
import io.minimalcluster.task.json.JsonSyntaxException;
import io.minimalcluster.task.json.JsonTooLargeException;
import io.minimalcluster.worker.master.ResultPart.ValueBlock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Parses blocks of values where that cannot be avoided. */
final class ValueBlockScanner {
    private ValueBlockScanner() {}

    /** The number of values in a block; −1 if it is malformed. */
    static int count(ValueBlock block) {
        try {
            JsonScanner scanner = scanner(block);
            int count = scanner.countElements();
            scanner.finish();
            return count;
        } catch (JsonSyntaxException | JsonTooLargeException | IOException _) {
            return -1;
        }
    }

    /** The first values of a block; none if it is malformed. */
    static ValueBlock head(ValueBlock block, int count) {
        int end = 1;
        byte[] array = bracketed(block);
        try {
            JsonScanner scanner = JsonScanner.of(array);
            scanner.enterArray();
            for (int i = 0; i < count && scanner.nextElement(); i++) {
                scanner.value();
                end = scanner.end();
            }
        } catch (JsonSyntaxException | JsonTooLargeException | IOException _) {
            end = 1;
        }
        return new ValueBlock(array, 1, end);
    }

    /** An array of nulls. */
    static byte[] nulls(int count) {
        String list = "null,".repeat(count);
        return ("[" + list.substring(0, Math.max(0, list.length() - 1)) + "]").getBytes(StandardCharsets.US_ASCII);
    }

    private static JsonScanner scanner(ValueBlock block) throws IOException {
        JsonScanner scanner = JsonScanner.of(bracketed(block));
        scanner.enterArray();
        return scanner;
    }

    private static byte[] bracketed(ValueBlock block) {
        byte[] array = new byte[block.to() - block.from() + 2];
        array[0] = '[';
        System.arraycopy(block.bytes(), block.from(), array, 1, array.length - 2);
        array[array.length - 1] = ']';
        return array;
    }
}
