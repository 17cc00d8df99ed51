package io.minimalcluster.master.reduce.fold;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Folds floating-point numbers as Java adds and compares them, which depends on the groups, and on nothing else. */
final class FloatingFold implements Fold {
    private static final int LONGEST = 1_000;

    private final BuiltInReduction how;
    private final boolean single;
    private long count;
    private double folded;
    private long inGroup;
    private double group;

    /** @param single whether the result is shown as a float */
    FloatingFold(BuiltInReduction how, boolean single) {
        this.how = how;
        this.single = single;
    }

    @Override
    public void add(byte[] data, int start, int end) {
        if (data[start] == 'n') {
            return;
        }
        double value = parse(data, start, end);
        group = inGroup == 0 ? value : together(group, value);
        inGroup++;
    }

    private static double parse(byte[] data, int start, int end) {
        boolean isText = data[start] == '"';
        String text = new String(
                data, isText ? start + 1 : start, Math.min(LONGEST, isText ? end - start - 2 : end - start), US_ASCII);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new NotFoldableException("a value that is no number");
        }
    }

    private double together(double one, double other) {
        return switch (how) {
            case MIN -> Math.min(one, other);
            case MAX -> Math.max(one, other);
            case SUM, MEAN, COUNT -> one + other;
        };
    }

    @Override
    public void endGroup() {
        if (inGroup > 0) {
            folded = count == 0 ? group : together(folded, group);
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
        return switch (how) {
            case COUNT -> String.valueOf(count);
            case SUM -> shown(folded);
            case MIN, MAX -> count == 0 ? "null" : shown(folded);
            case MEAN -> count == 0 ? "null" : shown(folded / count);
        };
    }

    private String shown(double value) {
        String text = single ? Float.toString((float) value) : Double.toString(value);
        return Double.isFinite(value) && Character.isDigit(text.charAt(text.length() - 1)) ? text : '"' + text + '"';
    }
}
