package io.minimalcluster.worker.executor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.frame.OutcomePart.PositionError;
import io.minimalcluster.task.frame.OutcomePart.PositionOutput;
import io.minimalcluster.worker.executor.protocol.ExecutedPart;
import io.minimalcluster.worker.executor.protocol.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Collects the outcomes of a batch by position, and fails on duplicates. */
final class CollectedOutcomes implements BatchListener {
    private final Map<Integer, String> values = new ConcurrentSkipListMap<>();
    private final Map<Integer, TaskError> errors = new ConcurrentSkipListMap<>();
    private final List<PositionOutput> output = new ArrayList<>();

    @Override
    public void part(ExecutedPart part) {
        JsonArray elements = JsonArray.of(part.values());
        assertThat(elements.size()).isEqualTo(part.count());
        for (int i = 0; i < part.count(); i++) {
            String element = new String(elements.slice(i, i + 1), UTF_8);
            assertThat(values.put(part.first() + i, element.substring(1, element.length() - 1)))
                    .isNull();
        }
        for (PositionError error : part.errors()) {
            errors.put(error.position(), error.error());
        }
        output.addAll(part.output());
    }

    /** The values of tasks that succeeded. */
    Map<Integer, String> values() {
        Map<Integer, String> succeeded = new TreeMap<>(values);
        succeeded.keySet().removeAll(errors.keySet());
        return succeeded;
    }

    Map<Integer, TaskError> errors() {
        return errors;
    }

    List<PositionOutput> output() {
        return output;
    }

    int size() {
        return values.size();
    }

    /** Asserts that all positions have outcomes, and that only position 5 failed. Returns its error. */
    TaskError onlyFailure(int count, ErrorKind kind) {
        assertThat(values.keySet()).hasSize(count);
        assertThat(errors).containsOnlyKeys(5);
        TaskError error = Objects.requireNonNull(errors.get(5));
        assertThat(error.kind()).isEqualTo(kind);
        return error;
    }
}
