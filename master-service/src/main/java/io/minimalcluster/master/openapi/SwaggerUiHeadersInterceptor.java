package io.minimalcluster.master.openapi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets the pages of Swagger UI load what they are made of from this master, and nothing from anywhere else. */
final class SwaggerUiHeadersInterceptor implements HandlerInterceptor {
    /** The one style that its bundle puts into the page as text, that of its logo. */
    private static final String LOGO = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' " + LOGO + "; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        response.setHeader("Content-Security-Policy", POLICY);
        return true;
    }
}
