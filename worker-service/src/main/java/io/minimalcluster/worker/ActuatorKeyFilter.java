package io.minimalcluster.worker;

import io.minimalcluster.worker.master.KeySource;
import io.minimalcluster.worker.master.MasterCallException.Refused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** Authenticates requests to the actuator that carry the worker's own authkey as a bearer token. */
final class ActuatorKeyFilter extends OncePerRequestFilter {
    private static final String BEARER = "Bearer ";

    private final KeySource key;

    ActuatorKeyFilter(KeySource key) {
        this.key = key;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader("Authorization");
        if (header != null && header.startsWith(BEARER) && isOwnKey(header.substring(BEARER.length()))) {
            PreAuthenticatedAuthenticationToken owner =
                    new PreAuthenticatedAuthenticationToken("owner", "", AuthorityUtils.NO_AUTHORITIES);
            SecurityContextHolder.getContext().setAuthentication(owner);
        }
        chain.doFilter(request, response);
    }

    private boolean isOwnKey(String given) {
        try {
            return key.get().matches(given);
        } catch (Refused _) {
            return false; // the key file is not readable yet
        }
    }
}
