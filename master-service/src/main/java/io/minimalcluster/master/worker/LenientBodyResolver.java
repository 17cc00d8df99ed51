package io.minimalcluster.master.worker;

import io.minimalcluster.master.error.MasterException.UnsupportedMediaType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Resolves parameters annotated with {@link LenientBody}. */
final class LenientBodyResolver implements HandlerMethodArgumentResolver {
    private final LenientBodyReader bodies;

    LenientBodyResolver(LenientBodyReader bodies) {
        this.bodies = bodies;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(LenientBody.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders)
            throws IOException {
        HttpServletRequest request = web.getNativeRequest(HttpServletRequest.class);
        if (request == null || !isJson(request.getContentType())) {
            throw new UnsupportedMediaType("This call reads application/json.");
        }
        return bodies.read(request, parameter.getParameterType());
    }

    private static boolean isJson(@Nullable String type) {
        return type != null && MediaType.parseMediaType(type).isCompatibleWith(MediaType.APPLICATION_JSON);
    }
}
