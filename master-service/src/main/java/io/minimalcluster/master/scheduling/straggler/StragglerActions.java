package io.minimalcluster.master.scheduling.straggler;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The actions of the last detection, until they are executed or replaced by the next detection. */
@Component
public class StragglerActions {
    private volatile List<StragglerAction> found = List.of();
    private final Set<StragglerAction> done = ConcurrentHashMap.newKeySet();

    void replace(List<StragglerAction> actions) {
        found = actions;
        done.clear();
    }

    /** The actions not executed yet, the most urgent first. */
    List<StragglerAction> remaining() {
        List<StragglerAction> all = found;
        return all.isEmpty()
                ? all
                : all.stream().filter(action -> !done.contains(action)).toList();
    }

    void done(StragglerAction action) {
        done.add(action);
    }
}
