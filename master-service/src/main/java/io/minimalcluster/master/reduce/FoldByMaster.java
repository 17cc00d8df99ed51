package io.minimalcluster.master.reduce;

import io.minimalcluster.master.environment.FunctionLookup;
import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.reduce.fold.BuiltInReduction;
import io.minimalcluster.master.reduce.fold.Fold;
import io.minimalcluster.master.reduce.fold.NotFoldableException;
import io.minimalcluster.master.store.Store;
import org.springframework.stereotype.Component;

/** Folds values by a built-in in slices of several groups. Each slice is committed before the next one starts. */
@Component
class FoldByMaster {
    private static final int GROUPS = 64;

    private final Store store;
    private final ValueReader values;
    private final FunctionLookup functions;
    private final ReductionEnd reductionEnd;

    FoldByMaster(Store store, ValueReader values, FunctionLookup functions, ReductionEnd reductionEnd) {
        this.store = store;
        this.values = values;
        this.functions = functions;
        this.reductionEnd = reductionEnd;
    }

    /** Folds the next slice. Returns true if another slice follows. */
    boolean step(JobRow job, Reduction reduction, BuiltInReduction builtIn) {
        long total = job.tasks().total();
        if (builtIn == BuiltInReduction.COUNT) {
            reductionEnd.succeeded(job, reduction, String.valueOf(total));
            return false;
        }
        Fold fold = builtIn.fold(functions.of(job.environmentId(), job.method()).returns());
        String before = reduction.state();
        if (before != null) {
            fold.restore(before);
        }
        long end = Math.min(total, reduction.next() + (long) GROUPS * Fold.GROUP);
        Slice slice = new Slice(fold, end);
        try {
            values.forEach(job, reduction.next(), end, slice);
        } catch (NotFoldableException e) {
            String error = "reduce " + builtIn.text() + ": the result at index " + slice.at + " is " + e.getMessage();
            reductionEnd.failed(job, reduction, error);
            return false;
        }
        if (end == total) {
            reductionEnd.succeeded(job, reduction, fold.result());
            return false;
        }
        return store.writeAndWait(sql -> reduction.advance(sql, end, fold.state())) == 1;
    }

    /** Passes values to a fold, group by group. */
    private static final class Slice implements ValueReader.Visitor {
        private final Fold fold;
        private final long end;
        private long at;

        Slice(Fold fold, long end) {
            this.fold = fold;
            this.end = end;
        }

        @Override
        public void visit(long index, byte[] data, int from, int to) {
            at = index;
            fold.add(data, from, to);
            if ((index + 1) % Fold.GROUP == 0 || index + 1 == end) {
                fold.endGroup();
            }
        }
    }
}
