package io.minimalcluster.master.audit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/** Records an audited call before the first byte of its response. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 2)
final class AuditResponseFilter extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, new RecordingResponse(request, response));
    }

    static void record(HttpServletRequest request, HttpServletResponse response) {
        @Nullable AuditedCall call = AuditedCall.of(request);
        if (call != null) {
            call.finish(target(request, response).orElse(null), response.getStatus());
        }
    }

    /** The resource in the path, or the created resource. */
    private static Optional<String> target(HttpServletRequest request, HttpServletResponse response) {
        Stream<String> inPath =
                request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        ? Stream.concat(Stream.ofNullable(variables.get("id")), variables.values().stream())
                                .map(String::valueOf)
                        : Stream.empty();
        String location = response.getHeader("Location");
        return Stream.concat(inPath, Stream.ofNullable(location).map(path -> path.substring(path.lastIndexOf('/') + 1)))
                .findFirst();
    }

    private static final class RecordingResponse extends HttpServletResponseWrapper {
        private final HttpServletRequest request;
        private final HttpServletResponse response;

        RecordingResponse(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
            this.response = response;
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            AuditResponseFilter.record(request, response);
            return super.getOutputStream();
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            AuditResponseFilter.record(request, response);
            return super.getWriter();
        }

        @Override
        public void flushBuffer() throws IOException {
            AuditResponseFilter.record(request, response);
            super.flushBuffer();
        }
    }
}
