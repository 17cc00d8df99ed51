package io.minimalcluster.client.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Detaches a command from its terminal, so that it continues when the terminal is closed. */
final class DetachedCommand {
    private DetachedCommand() {}

    /** Prefixes the command with setsid, or with nohup where setsid is missing. */
    static List<String> of(List<String> command) {
        List<String> detached = new ArrayList<>(command);
        Stream.of("/usr/bin/setsid", "/bin/setsid", "/usr/bin/nohup", "/bin/nohup")
                .filter(tool -> Files.isExecutable(Path.of(tool)))
                .findFirst()
                .ifPresent(detached::addFirst);
        return detached;
    }
}
