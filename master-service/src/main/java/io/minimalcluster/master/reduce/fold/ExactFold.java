package io.minimalcluster.master.reduce.fold;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** Folds whole and decimal numbers without any loss. */
final class ExactFold implements Fold {
    private static final int LONG_DIGITS = 18;
    private static final int MOST_DIGITS = 100_000;
    private static final int MOST_EXPONENT = 10_000;
    private static final String NOTHING = "-";

    private final BuiltInReduction how;
    private final boolean whole;
    private long count;
    // what fits into a long is folded apart from what does not, as that is much the faster
    private boolean anySmall;
    private long small;
    private @Nullable BigDecimal large;

    /** @param whole whether the values are whole numbers, whose mean is a double then */
    ExactFold(BuiltInReduction how, boolean whole) {
        this.how = how;
        this.whole = whole;
    }

    @Override
    public void add(byte[] data, int start, int end) {
        if (data[start] == 'n') {
            return;
        }
        if (end - start <= LONG_DIGITS && isPlain(data, start, end)) {
            add(parse(data, start, end));
        } else {
            add(decimal(data, start, end));
        }
        count++;
    }

    private static boolean isPlain(byte[] data, int start, int end) {
        for (int at = start; at < end; at++) {
            if ((data[at] < '0' || data[at] > '9') && !(at == start && data[at] == '-')) {
                return false;
            }
        }
        return true;
    }

    private static long parse(byte[] data, int start, int end) {
        boolean isNegative = data[start] == '-';
        long value = 0;
        for (int at = isNegative ? start + 1 : start; at < end; at++) {
            value = value * 10 + (data[at] - '0');
        }
        return isNegative ? -value : value;
    }

    private static BigDecimal decimal(byte[] data, int start, int end) {
        if (end - start > MOST_DIGITS) {
            throw new NotFoldableException("a number of more than " + MOST_DIGITS + " digits");
        }
        String text = new String(data, start, end - start, US_ASCII);
        try {
            BigDecimal value = new BigDecimal(text);
            if (Math.abs((long) value.scale()) > MOST_EXPONENT) {
                throw new NotFoldableException("a number with an exponent beyond " + MOST_EXPONENT);
            }
            return value;
        } catch (NumberFormatException e) {
            throw new NotFoldableException("a value that is no number");
        }
    }

    private void add(long value) {
        if (!anySmall) {
            small = value;
            anySmall = true;
            return;
        }
        switch (how) {
            case MIN -> small = Math.min(small, value);
            case MAX -> small = Math.max(small, value);
            case SUM, MEAN, COUNT -> sum(value);
        }
    }

    private void sum(long value) {
        long sum = small + value;
        if (((small ^ sum) & (value ^ sum)) < 0) {
            add(BigDecimal.valueOf(small));
            small = value;
        } else {
            small = sum;
        }
    }

    private void add(BigDecimal value) {
        large = large == null ? value : together(large, value);
    }

    private BigDecimal together(BigDecimal one, BigDecimal other) {
        return switch (how) {
            case MIN -> one.min(other);
            case MAX -> one.max(other);
            case SUM, MEAN, COUNT -> one.add(other);
        };
    }

    /** Nothing is lost, so it does not matter where a group ends. */
    @Override
    public void endGroup() {}

    @Override
    public String state() {
        return count + " " + (anySmall ? small : NOTHING) + " " + (large == null ? NOTHING : large);
    }

    @Override
    public void restore(String state) {
        String[] parts = state.split(" ", -1);
        count = Long.parseLong(parts[0]);
        anySmall = !parts[1].equals(NOTHING);
        small = anySmall ? Long.parseLong(parts[1]) : 0;
        large = parts[2].equals(NOTHING) ? null : new BigDecimal(parts[2]);
    }

    @Override
    public String result() {
        BigDecimal folded = anySmall ? BigDecimal.valueOf(small) : null;
        if (large != null) {
            folded = folded == null ? large : together(folded, large);
        }
        return switch (how) {
            case COUNT -> String.valueOf(count);
            case SUM -> folded == null ? "0" : folded.toString();
            case MIN, MAX -> String.valueOf(folded);
            case MEAN -> folded == null ? "null" : mean(folded);
        };
    }

    /** Of whole numbers a double, as Java gives it, where one is large enough. */
    private String mean(BigDecimal sum) {
        BigDecimal mean = sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128);
        boolean isDouble = whole && Double.isFinite(mean.doubleValue());
        return isDouble ? Double.toString(mean.doubleValue()) : mean.toString();
    }
}
