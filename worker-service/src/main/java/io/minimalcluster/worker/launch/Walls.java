package io.minimalcluster.worker.launch;

import io.minimalcluster.model.worker.Isolation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One way to wall a child off.
 *
 * @param changesUser whether the child gets a user id of its own
 */
record Walls(Isolation level, List<Prefix> prefixes, boolean changesUser) {
    Walls {
        prefixes = List.copyOf(prefixes);
    }

    List<String> around(List<String> command, Claim claim, LaunchRequest request) {
        List<String> words = new ArrayList<>();
        prefixes.forEach(prefix -> words.addAll(prefix.words(claim, request)));
        words.addAll(command);
        return words;
    }

    /** Where a child behind them sees its files. */
    Sight sight(Path jar, Claim claim) {
        return switch (level) {
            case PROCESS, UID -> Sight.of(jar, claim);
            case BUBBLEWRAP -> Sight.WALLED;
        };
    }
}
