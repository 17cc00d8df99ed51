package io.minimalcluster.worker.launch;

import java.util.List;

/** What stands before a command and walls it off. */
@FunctionalInterface
interface Prefix {
    List<String> words(Claim claim, LaunchRequest request);
}
