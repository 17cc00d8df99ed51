package io.minimalcluster.master.idempotency;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Releases the key of a call before the first byte of its answer is written, or when the call ends without an answer.
 * By then the receipt is stored or the call has failed, and the client may repeat the call as soon as it has the
 * answer.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 1)
final class ReleaseKeyFilter extends OncePerRequestFilter {
    private final AcquireKeyInterceptor keys;

    ReleaseKeyFilter(AcquireKeyInterceptor keys) {
        this.keys = keys;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(IdempotencyKey.HEADER) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, new ReleasingResponse(request, response));
        } finally {
            keys.release(request);
        }
    }

    private final class ReleasingResponse extends HttpServletResponseWrapper {
        private final HttpServletRequest request;

        ReleasingResponse(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            keys.release(request);
            return super.getOutputStream();
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            keys.release(request);
            return super.getWriter();
        }

        @Override
        public void flushBuffer() throws IOException {
            keys.release(request);
            super.flushBuffer();
        }
    }
}
