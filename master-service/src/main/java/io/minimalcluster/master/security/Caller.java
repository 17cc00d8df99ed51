package io.minimalcluster.master.security;

import java.util.Set;

/**
 * The authenticated caller of a request. Handlers declare it as a parameter.
 *
 * @param owner name of the key, and owner of the resources that the caller creates
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

    /** Whether resources of all owners are visible to this caller. */
    public boolean seesAll() {
        return has(Role.ADMIN) || has(Role.OBSERVER);
    }

    /** Whether resources of {@code other} are visible to this caller. */
    public boolean sees(String other) {
        return owner.equals(other) || seesAll();
    }

    /** Whether this caller may change resources of {@code other}. */
    public boolean owns(String other) {
        return owner.equals(other) || has(Role.ADMIN);
    }
}
