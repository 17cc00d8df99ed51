package io.minimalcluster.master.security;

import java.util.Set;

/**
 * Who calls. A handler gets it by declaring it as a parameter.
 *
 * @param owner the name of the key, under which what it makes is kept
 */
public record Caller(String owner, Set<Role> roles) {
    public Caller {
        if (owner.isBlank() || roles.isEmpty()) {
            throw new IllegalArgumentException("a caller has a name and a role");
        }
        roles = Set.copyOf(roles);
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** Whether what belongs to others is there for this caller, as for the admin and the observer. */
    public boolean seesAll() {
        return has(Role.ADMIN) || has(Role.OBSERVER);
    }

    /** Whether what belongs to {@code other} is there for this caller. */
    public boolean sees(String other) {
        return owner.equals(other) || seesAll();
    }

    /** Whether this caller may change what belongs to {@code other}. */
    public boolean owns(String other) {
        return owner.equals(other) || has(Role.ADMIN);
    }
}
