package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.error.MasterException.InvalidOption;
import io.minimalcluster.model.job.TaskRange;
import java.math.BigInteger;

/** Computes the number of tasks of a range. */
final class RangeSize {
    private RangeSize() {}

    static long step(TaskRange range) {
        return range.step() == null ? 1 : range.step();
    }

    static long count(TaskRange range, long max) {
        BigInteger step = BigInteger.valueOf(step(range));
        if (step.signum() == 0) {
            throw new InvalidOption("step", "any but 0", "The step of a range must not be 0.");
        }
        BigInteger distance = BigInteger.valueOf(range.to()).subtract(BigInteger.valueOf(range.from()));
        if (distance.signum() != step.signum()) {
            return 0;
        }
        BigInteger count =
                distance.add(step).subtract(BigInteger.valueOf(step.signum())).divide(step);
        if (count.compareTo(BigInteger.valueOf(max)) > 0) {
            throw new InvalidOption("range", "at max " + max + " tasks", "The range makes " + count + " tasks.");
        }
        return count.longValue();
    }
}
