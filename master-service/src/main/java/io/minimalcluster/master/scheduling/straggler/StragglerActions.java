package io.minimalcluster.master.scheduling.straggler;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** What was found to be done for jobs near their end, until somebody does it or it is looked for again. */
@Component
public class StragglerActions {
    private volatile List<StragglerAction> found = List.of();
    private final Set<StragglerAction> done = ConcurrentHashMap.newKeySet();

    void replace(List<StragglerAction> news) {
        found = news;
        done.clear();
    }

    /** What is still to be done, the most urgent first. */
    List<StragglerAction> left() {
        List<StragglerAction> all = found;
        return all.isEmpty()
                ? all
                : all.stream().filter(action -> !done.contains(action)).toList();
    }

    void done(StragglerAction action) {
        done.add(action);
    }
}
