package io.minimalcluster.master.worker;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.error.MasterException.UnsupportedMediaType;
import io.minimalcluster.master.http.json.LenientJson;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Resolves parameters annotated with {@link LenientBody}. */
final class LenientBodyResolver implements HandlerMethodArgumentResolver {
    private final JsonMapper json;

    LenientBodyResolver(LenientJson json) {
        this.json = json.mapper();
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
        Object body = read(request, parameter.getParameterType());
        if (body == null) {
            throw new Malformed("The body is null.");
        }
        return body;
    }

    private @Nullable Object read(HttpServletRequest request, Class<?> type) throws IOException {
        try {
            return json.readValue(request.getInputStream(), type);
        } catch (JacksonException e) {
            throw new HttpMessageNotReadableException(
                    "The body can't be read.", e, new ServletServerHttpRequest(request));
        }
    }

    private static boolean isJson(@Nullable String type) {
        return type != null && MediaType.parseMediaType(type).isCompatibleWith(MediaType.APPLICATION_JSON);
    }
}
