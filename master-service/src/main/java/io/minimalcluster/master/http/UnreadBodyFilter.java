package io.minimalcluster.master.http;

import io.minimalcluster.master.http.budget.RequestOwner;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads and drops the rest of the body of a rejected request, because many clients read a response only after they have
 * sent the whole body. Without a valid key only a short rest is read. The rest must arrive at the minimum rate. If the
 * body has not been read to its end, Tomcat closes the connection.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnreadBodyFilter extends OncePerRequestFilter {
    private static final Logger log = LoggerFactory.getLogger(UnreadBodyFilter.class);
    private static final long MAX_BYTES = Integer.MAX_VALUE;
    private static final long MAX_BYTES_WITHOUT_KEY = 64 * 1024;
    private static final int BUFFER = 8 * 1024;

    private final BodyRate rate;

    UnreadBodyFilter(HttpSettings settings) {
        this.rate = settings.limits().requiredRate();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!mayHaveBody(request)) {
            chain.doFilter(request, response);
            return;
        }
        chain.doFilter(request, new WithoutLength(response));
        if (response.getStatus() != HttpServletResponse.SC_REQUEST_TIMEOUT) {
            readRest(request, response);
        }
    }

    /** Tomcat closes the body of the request when the response has the declared length. */
    private static final class WithoutLength extends HttpServletResponseWrapper {
        WithoutLength(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void setContentLength(int length) {
            // Tomcat sets it at the end of a short response
        }

        @Override
        public void setContentLengthLong(long length) {
            // Tomcat sets it at the end of a short response
        }

        @Override
        public void setHeader(String name, @Nullable String value) {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
                super.setHeader(name, value);
            }
        }

        @Override
        public void addHeader(String name, @Nullable String value) {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
                super.addHeader(name, value);
            }
        }

        @Override
        public void setIntHeader(String name, int value) {
            setHeader(name, Integer.toString(value));
        }

        @Override
        public void addIntHeader(String name, int value) {
            addHeader(name, Integer.toString(value));
        }
    }

    private static boolean mayHaveBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    private void readRest(HttpServletRequest request, HttpServletResponse response) {
        try {
            ServletInputStream in = request.getInputStream();
            boolean awaitsContinue = request.getHeader(HttpHeaders.EXPECT) != null && in.available() == 0;
            if (!in.isFinished() && !awaitsContinue) {
                response.flushBuffer();
                drop(in, RequestOwner.isAuthenticated(request) ? MAX_BYTES : MAX_BYTES_WITHOUT_KEY);
            }
        } catch (IOException | IllegalStateException e) {
            log.debug("event=body.not-drained", e);
        }
    }

    private void drop(ServletInputStream in, long longest) throws IOException {
        byte[] buffer = new byte[BUFFER];
        BodyRate.Meter meter = rate.meter();
        long count = 0;
        while (count <= longest) {
            long beganAt = rate.nanoTime().getAsLong();
            int read = in.read(buffer);
            if (read < 0) {
                return;
            }
            count += read;
            meter.add(beganAt, read);
            meter.check();
        }
    }
}
