package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.error.MasterException.InvalidArguments;
import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.model.job.TaskRange;
import java.math.BigInteger;

/** Checks that all numbers of a range fit a parameter, by its first and last number. */
final class RangeTypeCheck {
    private RangeTypeCheck() {}

    /** @param count how many numbers the range has */
    static void check(TaskRange range, long count, Parameter parameter) {
        BigInteger min = parameter.shape().min();
        BigInteger max = parameter.shape().max();
        if (count == 0 || min == null || max == null) {
            return;
        }
        BigInteger first = BigInteger.valueOf(range.from());
        BigInteger step = BigInteger.valueOf(RangeSize.step(range));
        BigInteger last = first.add(step.multiply(BigInteger.valueOf(count - 1)));
        if (isWithin(first, min, max) && isWithin(last, min, max)) {
            return;
        }
        BigInteger bound = step.signum() > 0 ? max : min;
        long index =
                isWithin(first, min, max) ? bound.subtract(first).divide(step).longValueExact() + 1 : 0;
        String expected = parameter.type() + ": a whole number from " + min + " to " + max;
        throw new InvalidArguments(
                "The argument at index " + index + " does not fit the parameter. Expected " + expected + ".",
                index,
                null,
                expected);
    }

    private static boolean isWithin(BigInteger value, BigInteger min, BigInteger max) {
        return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
    }
}
