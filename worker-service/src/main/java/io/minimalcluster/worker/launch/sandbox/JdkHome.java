package io.minimalcluster.worker.launch.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The JDK of child processes, which is the JDK of this process.
 *
 * @param links the targets of links that lead out of the JDK; some distributions keep {@code conf} in {@code /etc}
 */
public record JdkHome(Path home, List<Path> links) {
    public static JdkHome find() throws IOException {
        return of(Path.of(System.getProperty("java.home")));
    }

    static JdkHome of(Path folder) throws IOException {
        Path home = folder.toRealPath();
        try (Stream<Path> files = Files.find(home, Integer.MAX_VALUE, (_, attributes) -> attributes.isSymbolicLink())) {
            List<Path> links = files.map(JdkHome::target)
                    .filter(target -> !target.startsWith(home) && Files.exists(target))
                    .distinct()
                    .toList();
            return new JdkHome(home, links);
        }
    }

    private static Path target(Path link) {
        try {
            return link.resolveSibling(Files.readSymbolicLink(link)).normalize();
        } catch (IOException unreadable) {
            return link;
        }
    }

    public String java() {
        return home.resolve("bin").resolve("java").toString();
    }
}
