package io.minimalcluster.master.lease;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** What was found to be done for jobs near their end, until somebody does it or it is looked for again. */
@Component
class Reliefs {
    private volatile List<Relief> found = List.of();
    private final Set<Relief> done = ConcurrentHashMap.newKeySet();

    void replace(List<Relief> news) {
        found = news;
        done.clear();
    }

    /** What is still to be done, the most urgent first. */
    List<Relief> left() {
        List<Relief> all = found;
        return all.isEmpty()
                ? all
                : all.stream().filter(relief -> !done.contains(relief)).toList();
    }

    void done(Relief relief) {
        done.add(relief);
    }
}
