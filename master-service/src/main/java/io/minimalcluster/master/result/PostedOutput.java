package io.minimalcluster.master.result;

/** What the task at an index printed. */
record PostedOutput(long index, String text, boolean truncated) {
    private static final int TEXT = 1024 * 1024;

    PostedOutput {
        text = text == null ? "" : text;
        if (text.length() > TEXT) {
            text = text.substring(0, TEXT);
            truncated = true;
        }
    }
}
