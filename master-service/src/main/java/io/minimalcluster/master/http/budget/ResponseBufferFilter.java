package io.minimalcluster.master.http.budget;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Buffers each response in a {@link ResponseBuffer}, after authentication. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 3)
final class ResponseBufferFilter extends OncePerRequestFilter {
    /** Attribute with the buffer of a request whose handler goes on in another thread. */
    private static final String SUSPENDED = ResponseBufferFilter.class.getName() + ".suspended";

    private final ResponseMemory memory;

    ResponseBufferFilter(ResponseMemory memory) {
        this.memory = memory;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ResponseBuffer suspended = (ResponseBuffer) request.getAttribute(SUSPENDED);
        if (suspended == null) {
            ResponseBuffer buffer = new ResponseBuffer(memory, response, RequestOwner.of(request));
            run(buffer, request, new BufferedResponse(response, buffer), chain);
        } else {
            run(suspended, request, response, chain); // the response of an asynchronous dispatch is wrapped already
        }
    }

    private static void run(
            ResponseBuffer buffer, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean isSuspended = false;
        buffer.enter();
        try {
            chain.doFilter(request, response);
            isSuspended = request.isAsyncStarted();
            if (isSuspended) {
                request.setAttribute(SUSPENDED, buffer);
                buffer.suspend();
            } else {
                buffer.finish();
            }
        } finally {
            if (!isSuspended) {
                buffer.leave();
            }
        }
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    private static final class BufferedResponse extends HttpServletResponseWrapper {
        private final ResponseBuffer buffer;

        BufferedResponse(HttpServletResponse response, ResponseBuffer buffer) {
            super(response);
            this.buffer = buffer;
        }

        @Override
        public ServletOutputStream getOutputStream() {
            return buffer;
        }

        @Override
        public PrintWriter getWriter() {
            return buffer.writer(Charset.forName(getCharacterEncoding()));
        }

        @Override
        public void flushBuffer() throws IOException {
            buffer.flush();
        }

        @Override
        public void resetBuffer() {
            super.resetBuffer();
            buffer.reset();
        }

        @Override
        public void reset() {
            super.reset();
            buffer.reset();
        }
    }
}
