package io.minimalcluster.master.reduce.fold;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** Folds integers and decimal numbers exactly. */
final class ExactFold implements Fold {
    private static final int LONG_DIGITS = 18;
    private static final int MAX_DIGITS = 100_000;
    private static final int MAX_EXPONENT = 10_000;
    private static final String NOTHING = "-";

    private final BuiltInReduction operation;
    private final boolean whole;
    private long count;
    // Values that fit into a long are folded separately, which is much faster.
    private boolean anySmall;
    private long small;
    private @Nullable BigDecimal large;

    /** @param whole whether the values are integers, so that their mean is a double */
    ExactFold(BuiltInReduction operation, boolean whole) {
        this.operation = operation;
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
        if (end - start > MAX_DIGITS) {
            throw new NotFoldableException("a number of more than " + MAX_DIGITS + " digits");
        }
        String text = new String(data, start, end - start, US_ASCII);
        try {
            BigDecimal value = new BigDecimal(text);
            if (Math.abs((long) value.scale()) > MAX_EXPONENT) {
                throw new NotFoldableException("a number with an exponent beyond " + MAX_EXPONENT);
            }
            return value;
        } catch (NumberFormatException e) {
            throw new NotFoldableException("a value that is not a number");
        }
    }

    private void add(long value) {
        if (!anySmall) {
            small = value;
            anySmall = true;
            return;
        }
        switch (operation) {
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
        large = large == null ? value : combine(large, value);
    }

    private BigDecimal combine(BigDecimal one, BigDecimal other) {
        return switch (operation) {
            case MIN -> one.min(other);
            case MAX -> one.max(other);
            case SUM, MEAN, COUNT -> one.add(other);
        };
    }

    /** Exact arithmetic does not depend on the groups. */
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
            folded = folded == null ? large : combine(folded, large);
        }
        return switch (operation) {
            case COUNT -> String.valueOf(count);
            case SUM -> folded == null ? "0" : folded.toString();
            case MIN, MAX -> String.valueOf(folded);
            case MEAN -> folded == null ? "null" : mean(folded);
        };
    }

    /** The mean of integers is a double in Java notation if it is in the range of a double. */
    private String mean(BigDecimal sum) {
        BigDecimal mean = sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128);
        boolean isDouble = whole && Double.isFinite(mean.doubleValue());
        return isDouble ? Double.toString(mean.doubleValue()) : mean.toString();
    }
}
