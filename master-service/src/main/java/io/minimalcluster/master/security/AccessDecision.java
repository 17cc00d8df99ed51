package io.minimalcluster.master.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Holds a call against the rules. */
final class AccessDecision implements AuthorizationManager<RequestAuthorizationContext> {
    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        HttpServletRequest request = context.getRequest();
        Optional<AccessRule> rule = AccessRules.of(request.getMethod(), path(request));
        if (rule.isPresent() && rule.get().isOpen()) {
            return new AuthorizationDecision(true);
        }
        return new AuthorizationDecision(
                authentication.get() instanceof CallerAuthentication known && isAllowed(rule, known.getPrincipal()));
    }

    /** Where there is no rule, the admin is told by the handlers what there is. */
    private static boolean isAllowed(Optional<AccessRule> rule, Caller caller) {
        return rule.isPresent() ? rule.get().allows(caller) : caller.has(Role.ADMIN);
    }

    static PathContainer path(HttpServletRequest request) {
        return PathContainer.parsePath(request.getRequestURI());
    }
}
