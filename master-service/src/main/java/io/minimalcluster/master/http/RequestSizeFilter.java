package io.minimalcluster.master.http;

import io.minimalcluster.master.http.problem.Problem;
import io.minimalcluster.master.http.problem.ProblemType;
import io.minimalcluster.master.http.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds the body after the key was checked and before anything is parsed: at once by its declared length, else by
 * counting while it is read. What is compressed is refused, as nothing here would bound what it unfolds to.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
final class RequestSizeFilter extends OncePerRequestFilter {
    private final long usual;
    private final List<RequestSizeLimit> sizeLimits;
    private final RequestMemoryBudget memoryBudget;
    private final ProblemWriter problems;

    RequestSizeFilter(
            HttpSettings settings,
            List<RequestSizeLimit> sizeLimits,
            RequestMemoryBudget memoryBudget,
            ProblemWriter problems) {
        this.usual = settings.limits().requestBytes().bytes();
        this.sizeLimits = sizeLimits;
        this.memoryBudget = memoryBudget;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long limit = limit(request);
        if (isEncoded(request)) {
            problems.write(
                    request,
                    response,
                    Problem.of(
                                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                                    "No Content-Encoding is read: send the body as it is.")
                            .with("field", "Content-Encoding"));
        } else if (request.getContentLengthLong() > limit) {
            problems.write(
                    request,
                    response,
                    Problem.of(ProblemType.PAYLOAD_TOO_LARGE, "The body is larger than " + limit + " bytes.")
                            .with("limitBytes", limit));
        } else {
            try (RequestMemoryBudget.Share share = share(request, limit)) {
                chain.doFilter(new BoundedRequest(request, limit, System::nanoTime, share), response);
            }
        }
    }

    private long limit(HttpServletRequest request) {
        return bound(request)
                .map(RequestSizeLimit::bytes)
                .filter(bytes -> bytes != RequestSizeLimit.USUAL)
                .orElse(usual);
    }

    private Optional<RequestSizeLimit> bound(HttpServletRequest request) {
        return sizeLimits.stream()
                .filter(sizeLimit -> sizeLimit.matches(request))
                .findFirst();
    }

    private RequestMemoryBudget.Share share(HttpServletRequest request, long limit) {
        long held = bound(request).map(RequestSizeLimit::held).orElse(RequestSizeLimit.WHOLE);
        long declared = request.getContentLengthLong();
        long length = declared < 0 ? Math.min(limit, memoryBudget.largest()) : declared;
        return memoryBudget.share(Math.min(length, held), held == RequestSizeLimit.WHOLE && !isForm(request));
    }

    /** Its parts are read one by one. */
    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private static boolean isEncoded(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Content-Encoding")).stream()
                .anyMatch(encoding -> !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity"));
    }
}
