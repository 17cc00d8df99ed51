package io.minimalcluster.master.openapi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Answers 404 for the API description when it is disabled. */
final class DisabledApiDocsInterceptor implements HandlerInterceptor {
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws NoResourceFoundException {
        String path = request.getRequestURI();
        throw new NoResourceFoundException(HttpMethod.valueOf(request.getMethod()), path, path);
    }
}
