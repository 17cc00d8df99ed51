package io.minimalcluster.worker.launch;

import io.minimalcluster.worker.launch.sandbox.JdkHome;
import io.minimalcluster.worker.launch.sandbox.SandboxEtc;
import io.minimalcluster.worker.launch.sandbox.SandboxPaths;
import io.minimalcluster.worker.launch.sandbox.SandboxSlot;
import io.minimalcluster.worker.launch.sandbox.SeccompFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Wraps a command in bubblewrap: a file system with only the JDK and the child's own files, no network, a separate
 * process id namespace, and a filter of system calls.
 */
final class BubblewrapCommand implements CommandWrapper {
    private static final Path USR = Path.of("/usr");
    private static final String SHARED_MEMORY_BYTES = String.valueOf(1024 * 1024);

    /** The files that programs and libraries below {@code /usr} need. */
    private static final List<String> CONFIGURATION = List.of(
            "/etc/alternatives",
            "/etc/fonts",
            "/etc/ld.so.cache",
            "/etc/localtime",
            "/etc/protocols",
            "/etc/services",
            "/var/cache/fontconfig");

    /** The files for name resolution and TLS, bound only with network access. */
    private static final List<String> NETWORK_CONFIGURATION =
            List.of("/etc/resolv.conf", "/etc/gai.conf", "/etc/ssl/certs");

    /** Opens the filter for bubblewrap, which closes it again. Descriptors up to 4 are in use. */
    private static final String OPEN_FILTER = "exec \"$@\" 9<\"$0\"";

    private static final String FILTER = "9";

    private final String shell;
    private final String bwrap;
    private final List<String> system;

    BubblewrapCommand(String shell, String bwrap, JdkHome jdk) throws IOException {
        this.shell = shell;
        this.bwrap = bwrap;
        this.system = system(jdk);
    }

    @Override
    public List<String> words(SandboxSlot sandboxSlot, LaunchRequest request) {
        List<String> words = new ArrayList<>();
        SeccompFilter.beside(sandboxSlot)
                .ifPresent(filter -> words.addAll(List.of(shell, "-c", OPEN_FILTER, filter.toString())));
        words.addAll(List.of(
                bwrap, "--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session"));
        SeccompFilter.beside(sandboxSlot).ifPresent(_ -> words.addAll(List.of("--seccomp", FILTER)));
        words.addAll(List.of("--cap-drop", "ALL", "--uid", SandboxEtc.USER_ID, "--gid", SandboxEtc.USER_ID));
        if (request.network()) {
            words.add("--share-net");
            NETWORK_CONFIGURATION.forEach(file -> words.addAll(bind("--ro-bind-try", file, file)));
        }
        words.addAll(system);
        words.addAll(SandboxEtc.beside(sandboxSlot).bindings(request.network()).toList());
        words.addAll(bind("--ro-bind", sandboxSlot.job().toString(), SandboxPaths.BUBBLEWRAP.job()));
        words.addAll(bind("--ro-bind", request.jar().toString(), SandboxPaths.BUBBLEWRAP.jar()));
        Path cache = request.classCache();
        if (cache != null) {
            words.addAll(bind("--ro-bind", cache.toString(), SandboxPaths.BUBBLEWRAP.cache()));
        }
        if (request.hasTaskState()) {
            words.addAll(
                    bind("--bind", sandboxSlot.taskStateFile().toString(), SandboxPaths.BUBBLEWRAP.taskStateFile()));
        }
        words.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
        String tmpBytes = String.valueOf(request.limits().processLimits().tmpBytes());
        words.addAll(List.of("--size", SHARED_MEMORY_BYTES, "--tmpfs", "/dev/shm"));
        words.addAll(List.of("--size", tmpBytes, "--tmpfs", SandboxPaths.BUBBLEWRAP.tmp()));
        words.addAll(List.of("--symlink", SandboxPaths.BUBBLEWRAP.tmp(), "/var/tmp"));
        words.addAll(
                List.of("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", SandboxPaths.BUBBLEWRAP.tmp(), "--"));
        return words;
    }

    private static List<String> system(JdkHome jdk) throws IOException {
        List<String> words = new ArrayList<>(bind("--ro-bind", USR.toString(), USR.toString()));
        for (String name : List.of("/lib", "/lib64", "/bin", "/sbin")) {
            Path folder = Path.of(name);
            if (Files.isSymbolicLink(folder)) {
                words.addAll(bind("--symlink", Files.readSymbolicLink(folder).toString(), name));
            } else {
                words.addAll(bind("--ro-bind-try", name, name));
            }
        }
        CONFIGURATION.forEach(path -> words.addAll(bind("--ro-bind-try", path, path)));
        Stream.concat(Stream.of(jdk.home()), jdk.links().stream())
                .filter(path -> !path.startsWith(USR))
                .forEach(path -> words.addAll(bind("--ro-bind", path.toString(), path.toString())));
        return words;
    }

    private static List<String> bind(String option, String from, String to) {
        return List.of(option, from, to);
    }
}
