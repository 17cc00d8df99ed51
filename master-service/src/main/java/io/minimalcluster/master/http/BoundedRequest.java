package io.minimalcluster.master.http;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.WebUtils;

/** A request whose body is read through a {@link BoundedInputStream}. */
final class BoundedRequest extends HttpServletRequestWrapper {
    private final long limit;
    private final BodyRate rate;
    private final boolean isComputed;
    private final RequestMemoryBudget.Share memoryShare;
    private BodyListener listener = (bytes, offset, length) -> {};
    private @Nullable ServletInputStream stream;
    private @Nullable BufferedReader reader;

    /** @param isComputed whether the sender may compute the body while sending */
    BoundedRequest(
            HttpServletRequest request,
            long limit,
            BodyRate rate,
            boolean isComputed,
            RequestMemoryBudget.Share memoryShare) {
        super(request);
        this.limit = limit;
        this.rate = rate;
        this.isComputed = isComputed;
        this.memoryShare = memoryShare;
    }

    void watch(BodyListener bodyListener) {
        listener = bodyListener;
    }

    /** Size limit of the body of a request in bytes; {@link Long#MAX_VALUE} for an unbounded request. */
    static long limitOf(HttpServletRequest request) {
        BoundedRequest bounded = WebUtils.getNativeRequest(request, BoundedRequest.class);
        return bounded == null ? Long.MAX_VALUE : bounded.limit;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        ServletInputStream open = stream;
        if (open == null) {
            open = new BoundedInputStream(super.getInputStream(), limit, rate, isComputed, listener, memoryShare);
            stream = open;
        }
        return open;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        BufferedReader open = reader;
        if (open == null) {
            String encoding = getCharacterEncoding();
            Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
            open = new BufferedReader(new InputStreamReader(getInputStream(), charset));
            reader = open;
        }
        return open;
    }
}
