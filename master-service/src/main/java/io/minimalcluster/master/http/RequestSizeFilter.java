package io.minimalcluster.master.http;

import io.minimalcluster.master.http.budget.RequestOwner;
import io.minimalcluster.master.http.budget.ResponseBuffer;
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
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Checks type and size of request bodies, after authentication and before parsing. A declared length is checked at
 * once, otherwise bytes are counted while reading. Compressed bodies are rejected, because their decompressed size is
 * not limited.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 2)
final class RequestSizeFilter extends OncePerRequestFilter {
    private final long defaultLimit;
    private final List<RequestSizeLimit> sizeLimits;
    private final RequestMemoryBudget memoryBudget;
    private final ProblemWriter problems;
    private final BodyRate rate;

    RequestSizeFilter(
            HttpSettings settings,
            List<RequestSizeLimit> sizeLimits,
            RequestMemoryBudget memoryBudget,
            ProblemWriter problems) {
        this.rate = settings.limits().requiredRate();
        this.defaultLimit = settings.limits().requestBytes().bytes();
        this.sizeLimits = sizeLimits;
        this.memoryBudget = memoryBudget;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long limit = limit(request);
        if (!isValid(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            refuse(request, response, HttpHeaders.CONTENT_TYPE, "The header Content-Type can't be read.");
        } else if (isEncoded(request)) {
            refuse(
                    request,
                    response,
                    HttpHeaders.CONTENT_ENCODING,
                    "No Content-Encoding is supported: send the body uncompressed.");
        } else if (request.getContentLengthLong() > limit) {
            problems.write(
                    request,
                    response,
                    Problem.of(ProblemType.PAYLOAD_TOO_LARGE, "The body is larger than " + limit + " bytes.")
                            .with("limitBytes", limit));
        } else {
            try (RequestMemoryBudget.Share share = share(request, limit)) {
                ResponseBuffer.onStream(share::close);
                chain.doFilter(new BoundedRequest(request, limit, rate, isComputed(request), share), response);
            }
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, String header, String detail)
            throws IOException {
        problems.write(
                request,
                response,
                Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail).with("field", header));
    }

    /** Handlers and Spring rely on a concrete type with a known charset. */
    private static boolean isValid(@Nullable String contentType) {
        if (contentType == null) {
            return true;
        }
        try {
            return MediaType.parseMediaType(contentType).isConcrete();
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    /** A program may compute lines while sending them. */
    private static boolean isComputed(HttpServletRequest request) {
        return hasType(request, MediaType.APPLICATION_NDJSON_VALUE);
    }

    private long limit(HttpServletRequest request) {
        return bound(request)
                .map(RequestSizeLimit::bytes)
                .filter(bytes -> bytes != RequestSizeLimit.USUAL)
                .orElse(defaultLimit);
    }

    private Optional<RequestSizeLimit> bound(HttpServletRequest request) {
        return sizeLimits.stream()
                .filter(sizeLimit -> sizeLimit.matches(request))
                .findFirst();
    }

    private RequestMemoryBudget.Share share(HttpServletRequest request, long limit) {
        long held = bound(request).map(RequestSizeLimit::held).orElse(RequestSizeLimit.WHOLE);
        String owner = RequestOwner.of(request);
        long declared = request.getContentLengthLong();
        long length = declared < 0 ? Math.min(limit, memoryBudget.largest(owner)) : declared;
        return memoryBudget.share(owner, Math.min(length, held), held == RequestSizeLimit.WHOLE && !isForm(request));
    }

    /** Parts of a multipart body are read one by one, so the whole body is never held. */
    private static boolean isForm(HttpServletRequest request) {
        return hasType(request, "multipart/");
    }

    private static boolean hasType(HttpServletRequest request, String prefix) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(prefix);
    }

    private static boolean isEncoded(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Content-Encoding")).stream()
                .anyMatch(encoding -> !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity"));
    }
}
