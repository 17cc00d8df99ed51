package io.minimalcluster.master.scheduling;

import io.minimalcluster.model.support.LruCache;
import java.util.Map;
import java.util.OptionalDouble;
import org.springframework.stereotype.Component;

/**
 * Cache of the measured speed of functions. Evicts the least recently used functions, which are then measured again.
 */
@Component
public class TaskSpeedCache {
    private static final int FUNCTIONS = 10_000;

    private final Map<String, TaskSpeed> speeds = LruCache.of(FUNCTIONS);

    /** Records the total duration of some tasks of a function. */
    public void measured(String environment, String method, long nanos, int tasks) {
        if (tasks > 0) {
            speeds.merge(
                    key(environment, method),
                    TaskSpeed.UNKNOWN.with(nanos, tasks),
                    (known, measured) -> known.with(nanos, tasks));
        }
    }

    /** Average time of a task; empty without measurements. */
    public OptionalDouble nanosPerTask(String environment, String method) {
        TaskSpeed speed = of(environment, method);
        return speed.measuredTasks() == 0 ? OptionalDouble.empty() : OptionalDouble.of(speed.nanosPerTask());
    }

    TaskSpeed of(String environment, String method) {
        return speeds.getOrDefault(key(environment, method), TaskSpeed.UNKNOWN);
    }

    private static String key(String environment, String method) {
        return environment + " " + method;
    }
}
