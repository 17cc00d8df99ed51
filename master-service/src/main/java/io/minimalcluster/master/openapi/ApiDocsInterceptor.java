package io.minimalcluster.master.openapi;

import io.minimalcluster.master.http.Links;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Answers 404 for the API description when it is disabled. Sets the Content-Security-Policy of Swagger UI: scripts,
 * styles and fonts only from this master.
 */
final class ApiDocsInterceptor implements HandlerInterceptor {
    static final String[] PATHS = {
        "/v3/api-docs", "/v3/api-docs.yaml", "/v3/api-docs/**", "/swagger-ui.html", "/swagger-ui/**"
    };

    /** Hash of the inline style of the logo in the bundle of Swagger UI. */
    private static final String LOGO = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' " + LOGO + "; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final ApiDocsSettings settings;

    ApiDocsInterceptor(ApiDocsSettings settings) {
        this.settings = settings;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws NoResourceFoundException {
        String path = Links.path(request);
        if (!settings.enabled()) {
            throw new NoResourceFoundException(HttpMethod.valueOf(request.getMethod()), path, path);
        }
        if (path.startsWith("/swagger-ui/")) {
            response.setHeader("Content-Security-Policy", POLICY);
        }
        return true;
    }
}
