package io.minimalcluster.worker.launch;

import io.minimalcluster.model.worker.Isolation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The ways to build each level of isolation with the programs that are installed, best first. */
final class Candidates {
    private final JdkHome jdk;
    private final boolean root;
    private final Optional<String> setpriv;
    private final Optional<String> prlimit;
    private final Optional<String> bwrap;

    Candidates(Tools tools, JdkHome jdk, boolean root) {
        this.jdk = jdk;
        this.root = root;
        this.setpriv = tools.find("setpriv");
        this.prlimit = tools.find("prlimit");
        this.bwrap = tools.find("bwrap");
    }

    /** Empty where a program is missing. */
    List<Walls> of(Isolation level) throws IOException {
        return switch (level) {
            case PROCESS -> processes();
            case UID -> users();
            case BUBBLEWRAP -> sandboxes();
        };
    }

    /** What to do where a level does not work. */
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

    private List<Walls> processes() {
        List<List<Prefix>> lists = new ArrayList<>();
        setpriv.ifPresent(program -> lists.add(concat(List.of(Prefixes.dieWithParent(program)), fileLimits())));
        lists.add(fileLimits());
        lists.add(List.of());
        return lists.stream()
                .map(prefixes -> new Walls(Isolation.PROCESS, prefixes, false))
                .toList();
    }

    private List<Walls> users() {
        if (setpriv.isEmpty() || prlimit.isEmpty()) {
            return List.of();
        }
        return List.of(new Walls(
                Isolation.UID, concat(concat(List.of(Prefixes.changeUser()), fileLimits()), processLimit()), true));
    }

    /** Root's sandbox would be root outside too, so for root there is only the one under another user id. */
    private List<Walls> sandboxes() throws IOException {
        if (bwrap.isEmpty() || prlimit.isEmpty()) {
            return List.of();
        }
        Prefix sandbox = new Bubblewrap(bwrap.get(), jdk);
        List<Prefix> inner = concat(concat(fileLimits(), List.of(sandbox)), processLimit());
        List<Walls> walls = new ArrayList<>();
        if (setpriv.isPresent()) {
            walls.add(new Walls(Isolation.BUBBLEWRAP, concat(List.of(Prefixes.changeUser()), inner), true));
        }
        if (!root) {
            walls.add(new Walls(Isolation.BUBBLEWRAP, inner, false));
        }
        return walls;
    }

    private List<Prefix> fileLimits() {
        return prlimit.map(Prefixes::limitFiles).stream().toList();
    }

    private List<Prefix> processLimit() {
        return prlimit.map(Prefixes::limitProcesses).stream().toList();
    }

    private static List<Prefix> concat(List<Prefix> outer, List<Prefix> inner) {
        return Stream.concat(outer.stream(), inner.stream()).toList();
    }
}
