package io.minimalcluster.task.compile;

/**
 * A position in a source.
 *
 * @param line from 1
 * @param column from 1; a tab counts as one column
 * @param text the whole line
 */
record SourcePosition(int line, int column, String text) {
    /** The position of an offset. An offset in appended text maps to the end of the last line. */
    static SourcePosition of(String text, long offset) {
        int at = (int) Math.min(offset, lastLineEnd(text));
        int line = 1;
        int start = 0;
        for (int i = 0; i < at; i++) {
            if (isLineEnd(text, i)) {
                line++;
                start = i + 1;
            }
        }
        return new SourcePosition(line, at - start + 1, text.substring(start, end(text, at)));
    }

    private static boolean isLineEnd(String text, int at) {
        char c = text.charAt(at);
        return c == '\n' || (c == '\r' && (at + 1 == text.length() || text.charAt(at + 1) != '\n'));
    }

    private static int lastLineEnd(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return end;
    }

    private static int end(String text, int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }
}
