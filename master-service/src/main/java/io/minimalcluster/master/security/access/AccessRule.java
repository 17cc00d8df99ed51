package io.minimalcluster.master.security.access;

import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Roles that may make the calls with some methods and paths.
 *
 * @param roles empty for open calls, which need no key
 */
record AccessRule(Set<String> methods, List<PathPattern> paths, Set<Role> roles) {
    AccessRule {
        methods = Set.copyOf(methods);
        paths = List.copyOf(paths);
        roles = Set.copyOf(roles);
    }

    static AccessRule open(String method, String... paths) {
        return new AccessRule(methods(method), patterns(paths), Set.of());
    }

    /** A rule for calls with a key. The admin role is always included. */
    static AccessRule rule(String method, Set<Role> roles, String... paths) {
        Set<Role> all = EnumSet.of(Role.ADMIN);
        all.addAll(roles);
        return new AccessRule(methods(method), patterns(paths), all);
    }

    boolean isOpen() {
        return roles.isEmpty();
    }

    boolean hasPath(PathContainer path) {
        return paths.stream().anyMatch(pattern -> pattern.matches(path));
    }

    /** Numbers of elements of the paths, where a separator is an element. */
    Set<Integer> lengths() {
        return paths.stream()
                .map(pattern -> PathContainer.parsePath(pattern.getPatternString())
                        .elements()
                        .size())
                .collect(Collectors.toSet());
    }

    boolean allows(Caller caller) {
        return roles.stream().anyMatch(caller::has);
    }

    /** GET includes HEAD. */
    private static Set<String> methods(String method) {
        return method.equals("GET") ? Set.of("GET", "HEAD") : Set.of(method);
    }

    private static List<PathPattern> patterns(String... paths) {
        return List.of(paths).stream()
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }
}
