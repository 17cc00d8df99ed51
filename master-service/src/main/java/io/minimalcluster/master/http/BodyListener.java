package io.minimalcluster.master.http;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.util.WebUtils;

/** Receives the bytes of a request body while the handler reads it. */
@FunctionalInterface
public interface BodyListener {
    void read(byte[] bytes, int offset, int length);

    /** Registers a listener for the body of a request. Must be called before the body is read. */
    static void on(HttpServletRequest request, BodyListener listener) {
        BoundedRequest body = WebUtils.getNativeRequest(request, BoundedRequest.class);
        if (body == null) {
            throw new IllegalStateException("the body is not bounded");
        }
        body.watch(listener);
    }
}
