package io.minimalcluster.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Filter that makes a second request just before the first byte of the response to the first one is written. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class BeforeResponse extends OncePerRequestFilter {
    private final AtomicReference<@Nullable Callable<RawResponse>> next = new AtomicReference<>();
    private final AtomicReference<@Nullable RawResponse> response = new AtomicReference<>();

    /** Makes this request before the next response. */
    public void call(Callable<RawResponse> second) {
        response.set(null);
        next.set(second);
    }

    /** The response to the second request, or null if none was made. */
    public @Nullable RawResponse response() {
        return response.get();
    }

    private void makeCall() throws IOException {
        Callable<RawResponse> second = next.getAndSet(null);
        if (second != null) {
            try {
                response.set(second.call());
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, new HttpServletResponseWrapper(response) {
            @Override
            public ServletOutputStream getOutputStream() throws IOException {
                makeCall();
                return super.getOutputStream();
            }
        });
    }
}
