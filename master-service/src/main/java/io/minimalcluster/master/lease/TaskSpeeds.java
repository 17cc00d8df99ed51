package io.minimalcluster.master.lease;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** How long tasks of a function take, for the functions used lately. A cache: what is forgotten is measured again. */
@Component
public class TaskSpeeds {
    private static final int FUNCTIONS = 10_000;

    // guarded by itself
    private final Map<String, TaskSpeed> speeds = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TaskSpeed> eldest) {
            return size() > FUNCTIONS;
        }
    };

    /** Tells of a part of a batch that took so long altogether. */
    public void measured(String environment, String method, long nanos, int tasks) {
        if (tasks > 0) {
            synchronized (speeds) {
                speeds.merge(
                        key(environment, method),
                        TaskSpeed.UNKNOWN.with(nanos, tasks),
                        (known, measured) -> known.with(nanos, tasks));
            }
        }
    }

    TaskSpeed of(String environment, String method) {
        synchronized (speeds) {
            return speeds.getOrDefault(key(environment, method), TaskSpeed.UNKNOWN);
        }
    }

    private static String key(String environment, String method) {
        return environment + " " + method;
    }
}
