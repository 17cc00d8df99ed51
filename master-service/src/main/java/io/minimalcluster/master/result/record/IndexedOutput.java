package io.minimalcluster.master.result.record;

/** Printed output of the task at an index. */
public record IndexedOutput(long index, String text, boolean truncated) {
    private static final int TEXT = 1024 * 1024;

    public IndexedOutput {
        text = text == null ? "" : text;
        if (text.length() > TEXT) {
            text = text.substring(0, TEXT);
            truncated = true;
        }
    }
}
