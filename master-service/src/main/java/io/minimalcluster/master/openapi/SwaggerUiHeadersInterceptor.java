package io.minimalcluster.master.openapi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;

/** Sets the Content-Security-Policy of Swagger UI: scripts, styles and fonts only from this master. */
final class SwaggerUiHeadersInterceptor implements HandlerInterceptor {
    /** Hash of the inline style of the logo in the bundle of Swagger UI. */
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
