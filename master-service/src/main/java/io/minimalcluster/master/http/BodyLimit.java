package io.minimalcluster.master.http;

import io.minimalcluster.master.problem.Problem;
import io.minimalcluster.master.problem.ProblemType;
import io.minimalcluster.master.problem.ProblemWriter;
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
final class BodyLimit extends OncePerRequestFilter {
    private final long usual;
    private final List<BodyBound> bounds;
    private final BodyRoom room;
    private final ProblemWriter problems;

    BodyLimit(HttpSettings settings, List<BodyBound> bounds, BodyRoom room, ProblemWriter problems) {
        this.usual = settings.limits().requestBytes().bytes();
        this.bounds = bounds;
        this.room = room;
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
            try (BodyRoom.Share share = share(request, limit)) {
                chain.doFilter(new BoundedBody(request, limit, System::nanoTime, share), response);
            }
        }
    }

    private long limit(HttpServletRequest request) {
        return bound(request)
                .map(BodyBound::bytes)
                .filter(bytes -> bytes != BodyBound.USUAL)
                .orElse(usual);
    }

    private Optional<BodyBound> bound(HttpServletRequest request) {
        return bounds.stream().filter(bound -> bound.matches(request)).findFirst();
    }

    private BodyRoom.Share share(HttpServletRequest request, long limit) {
        long held = bound(request).map(BodyBound::held).orElse(BodyBound.WHOLE);
        long declared = request.getContentLengthLong();
        long length = declared < 0 ? Math.min(limit, room.largest()) : declared;
        return room.share(Math.min(length, held), held == BodyBound.WHOLE && !isForm(request));
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
