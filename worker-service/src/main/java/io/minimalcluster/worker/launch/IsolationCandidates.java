package io.minimalcluster.worker.launch;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.worker.launch.sandbox.JdkHome;
import io.minimalcluster.worker.launch.sandbox.SystemTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The methods to implement each isolation level with the installed programs, best first. */
final class IsolationCandidates {
    private final JdkHome jdk;
    private final boolean root;
    private final Optional<String> setpriv;
    private final Optional<String> prlimit;
    private final Optional<String> bwrap;
    private final Optional<String> sh;
    private final Optional<String> unshare;
    private final @Nullable String shell;

    IsolationCandidates(SystemTools tools, JdkHome jdk, boolean root) {
        this.jdk = jdk;
        this.root = root;
        this.setpriv = tools.find("setpriv");
        this.prlimit = tools.find("prlimit");
        this.bwrap = tools.find("bwrap");
        this.sh = tools.find("sh");
        this.unshare = tools.find("mount").flatMap(_ -> tools.find("unshare"));
        this.shell = canMoveFrames(tools) ? sh.orElse(null) : null;
    }

    private static boolean canMoveFrames(SystemTools tools) {
        return tools.find("mkfifo").isPresent()
                && tools.find("chmod").isPresent()
                && Files.isDirectory(Path.of(IsolationMethod.DESCRIPTORS));
    }

    /** The methods of a level; empty if a program is missing. */
    List<IsolationMethod> of(Isolation level) throws IOException {
        return switch (level) {
            case PROCESS -> processes();
            case UID -> users();
            case BUBBLEWRAP -> sandboxes();
        };
    }

    /** The remedy if a level does not work, for the error message. */
    String remedy(Isolation level) {
        return switch (level) {
            case PROCESS -> "check that a JVM can be started here";
            case UID ->
                "run it as root, or in a container as root with the capabilities SETUID, SETGID and KILL,"
                        + " with setpriv and prlimit (util-linux) installed";
            case BUBBLEWRAP ->
                bwrap.isPresent()
                        ? "allow unprivileged user namespaces, with prlimit (util-linux) and bubblewrap 0.8 or later"
                        : "install bubblewrap 0.8 or later (apt install bubblewrap)";
        };
    }

    private List<IsolationMethod> processes() {
        List<List<CommandWrapper>> lists = new ArrayList<>();
        setpriv.ifPresent(program -> lists.add(concat(List.of(CommandWrappers.dieWithParent(program)), fileLimits())));
        lists.add(fileLimits());
        lists.add(List.of());
        return lists.stream()
                .map(wrappers -> new IsolationMethod(Isolation.PROCESS, wrappers, false, shell))
                .toList();
    }

    private List<IsolationMethod> users() {
        if (setpriv.isEmpty() || prlimit.isEmpty()) {
            return List.of();
        }
        List<CommandWrapper> wrappers =
                concat(concat(List.of(CommandWrappers.changeUser()), fileLimits()), processLimit());
        List<IsolationMethod> methods = new ArrayList<>();
        if (root && unshare.isPresent() && sh.isPresent()) {
            List<CommandWrapper> outer = List.of(CommandWrappers.privateFolders(unshare.get(), sh.get()));
            methods.add(new IsolationMethod(Isolation.UID, concat(outer, wrappers), true, shell));
        }
        methods.add(new IsolationMethod(Isolation.UID, wrappers, true, shell));
        return methods;
    }

    /** The bubblewrap methods. A sandbox of root would be root outside too, so root always changes the user id. */
    private List<IsolationMethod> sandboxes() throws IOException {
        if (bwrap.isEmpty() || prlimit.isEmpty() || sh.isEmpty()) {
            return List.of();
        }
        CommandWrapper sandbox = new BubblewrapCommand(sh.get(), bwrap.get(), jdk);
        List<CommandWrapper> inner = concat(concat(fileLimits(), List.of(sandbox)), processLimit());
        List<IsolationMethod> methods = new ArrayList<>();
        if (setpriv.isPresent()) {
            methods.add(new IsolationMethod(
                    Isolation.BUBBLEWRAP, concat(List.of(CommandWrappers.changeUser()), inner), true, shell));
        }
        if (!root) {
            methods.add(new IsolationMethod(Isolation.BUBBLEWRAP, inner, false, shell));
        }
        return methods;
    }

    private List<CommandWrapper> fileLimits() {
        return prlimit.map(CommandWrappers::limitFiles).stream().toList();
    }

    private List<CommandWrapper> processLimit() {
        return prlimit.map(CommandWrappers::limitProcesses).stream().toList();
    }

    private static List<CommandWrapper> concat(List<CommandWrapper> outer, List<CommandWrapper> inner) {
        return Stream.concat(outer.stream(), inner.stream()).toList();
    }
}
