package io.minimalcluster.master.http;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.util.WebUtils;

/** Sees the bytes of a body as its reader gets them. */
@FunctionalInterface
public interface BodyListener {
    void read(byte[] bytes, int offset, int length);

    /** Has the body of a request watched; to be said before anybody reads it. */
    static void on(HttpServletRequest request, BodyListener listener) {
        BoundedRequest body = WebUtils.getNativeRequest(request, BoundedRequest.class);
        if (body == null) {
            throw new IllegalStateException("the body is not bounded");
        }
        body.watch(listener);
    }
}
