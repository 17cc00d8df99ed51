package io.minimalcluster.master.security.access;

import io.minimalcluster.master.http.Links;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.CallerAuthentication;
import io.minimalcluster.master.security.Credential;
import io.minimalcluster.master.security.Role;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;

/** Authorizes requests by {@link AccessRules} and rejects cross-site requests with a session cookie (CSRF). */
final class AccessRulesAuthorization implements AuthorizationManager<HttpServletRequest> {
    static final String REQUESTED_WITH = "X-Requested-With";
    static final String REQUIRED_VALUE = "minimalcluster";

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> authentication, HttpServletRequest request) {
        if (request.getDispatcherType() != DispatcherType.REQUEST) {
            return new AuthorizationDecision(true); // the original dispatch was authorized
        }
        Optional<AccessRule> rule = AccessRules.of(request.getMethod(), path(request));
        if (rule.isPresent() && rule.get().isOpen()) {
            return new AuthorizationDecision(true);
        }
        return new AuthorizationDecision(authentication.get() instanceof CallerAuthentication known
                && !isCrossSite(known, request)
                && isAllowed(rule, known.getPrincipal(), request));
    }

    /**
     * Without a rule only the admin passes, to get 404 or 405 from the handlers. Spring would answer OPTIONS itself, so
     * OPTIONS is denied.
     */
    private static boolean isAllowed(Optional<AccessRule> rule, Caller caller, HttpServletRequest request) {
        return rule.isPresent()
                ? rule.get().allows(caller)
                : caller.has(Role.ADMIN) && !request.getMethod().equals("OPTIONS");
    }

    /**
     * Whether a page of another site may have sent the request. Browsers attach cookies automatically, but not the
     * header {@code X-Requested-With}.
     */
    static boolean isCrossSite(CallerAuthentication caller, HttpServletRequest request) {
        return switch (caller.credential()) {
            case Credential.ByKey _ -> false;
            case Credential.BySession _ -> !REQUIRED_VALUE.equals(request.getHeader(REQUESTED_WITH));
        };
    }

    static PathContainer path(HttpServletRequest request) {
        return PathContainer.parsePath(Links.path(request));
    }
}
