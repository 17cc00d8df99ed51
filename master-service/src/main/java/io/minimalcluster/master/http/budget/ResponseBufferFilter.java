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
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Buffers each response in a {@link ResponseBuffer}, after authentication. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 1)
final class ResponseBufferFilter extends OncePerRequestFilter {
    private final ResponseMemory memory;

    ResponseBufferFilter(ResponseMemory memory) {
        this.memory = memory;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ResponseBuffer buffer = new ResponseBuffer(memory, response, RequestOwner.of(request));
        buffer.enter();
        try {
            chain.doFilter(request, new BufferedResponse(response, buffer));
            buffer.finish();
        } finally {
            buffer.leave();
        }
    }

    private static final class BufferedResponse extends HttpServletResponseWrapper {
        private final ResponseBuffer buffer;
        private @Nullable PrintWriter writer;

        BufferedResponse(HttpServletResponse response, ResponseBuffer buffer) {
            super(response);
            this.buffer = buffer;
        }

        @Override
        public ServletOutputStream getOutputStream() {
            return buffer;
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            PrintWriter open = writer;
            if (open == null) {
                open = new PrintWriter(buffer, true, Charset.forName(getCharacterEncoding()));
                writer = open;
            }
            return open;
        }

        @Override
        public void flushBuffer() throws IOException {
            buffer.flush();
        }

        @Override
        public void resetBuffer() {
            super.resetBuffer();
            buffer.clear();
        }

        @Override
        public void reset() {
            super.reset();
            buffer.clear();
        }
    }
}
