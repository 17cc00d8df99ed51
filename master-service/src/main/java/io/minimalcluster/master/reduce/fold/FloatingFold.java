package io.minimalcluster.master.reduce.fold;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Folds floating-point numbers with the arithmetic of Java. The result depends only on the values and their groups. */
final class FloatingFold implements Fold {
    private static final int MAX_LENGTH = 1_000;

    private final BuiltInReduction operation;
    private final boolean single;
    private long count;
    private double folded;
    private long inGroup;
    private double group;

    /** @param single whether the result is formatted as a float */
    FloatingFold(BuiltInReduction operation, boolean single) {
        this.operation = operation;
        this.single = single;
    }

    @Override
    public void add(byte[] data, int start, int end) {
        if (data[start] == 'n') {
            return;
        }
        double value = parse(data, start, end);
        group = inGroup == 0 ? value : combine(group, value);
        inGroup++;
    }

    private static double parse(byte[] data, int start, int end) {
        boolean isText = data[start] == '"';
        String text = new String(
                data,
                isText ? start + 1 : start,
                Math.min(MAX_LENGTH, isText ? end - start - 2 : end - start),
                US_ASCII);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new NotFoldableException("a value that is not a number");
        }
    }

    private double combine(double one, double other) {
        return switch (operation) {
            case MIN -> Math.min(one, other);
            case MAX -> Math.max(one, other);
            case SUM, MEAN, COUNT -> one + other;
        };
    }

    @Override
    public void endGroup() {
        if (inGroup > 0) {
            folded = count == 0 ? group : combine(folded, group);
            count += inGroup;
            inGroup = 0;
        }
    }

    @Override
    public String state() {
        return count + " " + folded;
    }

    @Override
    public void restore(String state) {
        int space = state.indexOf(' ');
        count = Long.parseLong(state, 0, space, 10);
        folded = Double.parseDouble(state.substring(space + 1));
    }

    @Override
    public String result() {
        endGroup();
        return switch (operation) {
            case COUNT -> String.valueOf(count);
            case SUM -> format(folded);
            case MIN, MAX -> count == 0 ? "null" : format(folded);
            case MEAN -> count == 0 ? "null" : format(folded / count);
        };
    }

    private String format(double value) {
        String text = single ? Float.toString((float) value) : Double.toString(value);
        return Double.isFinite(value) && Character.isDigit(text.charAt(text.length() - 1)) ? text : '"' + text + '"';
    }
}
