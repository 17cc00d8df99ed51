package io.minimalcluster.master.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Marks the calls that {@link AuditedAction} lists, and records those without a response body. */
@Component
class AuditInterceptor implements HandlerInterceptor {
    private static final String API = "/api/v1";

    private final AuditLog audit;

    AuditInterceptor(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        AuditedAction.of(request.getMethod() + " " + pattern(request))
                .ifPresent(action -> AuditedCall.begin(audit, action, request));
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception error) {
        AuditResponseFilter.record(request, response);
    }

    private static String pattern(HttpServletRequest request) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        String text = String.valueOf(pattern);
        return text.startsWith(API) ? text.substring(API.length()) : text;
    }
}
