package io.minimalcluster.client.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes a program go on when the terminal that it was started from is closed. */
final class DetachedCommand {
    private DetachedCommand() {}

    /** A session of its own where the system can start one, where not at least deafness to the terminal's end. */
    static List<String> of(List<String> command) {
        List<String> detached = new ArrayList<>(command);
        Stream.of("/usr/bin/setsid", "/bin/setsid", "/usr/bin/nohup", "/bin/nohup")
                .filter(tool -> Files.isExecutable(Path.of(tool)))
                .findFirst()
                .ifPresent(detached::addFirst);
        return detached;
    }
}
