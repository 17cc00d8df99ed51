package io.minimalcluster.master.http;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/**
 * The query parameters that a handler accepts.
 *
 * @param any whether any parameter is accepted
 * @param once by name, whether the parameter may occur only once
 * @param prefixes accepted name prefixes
 */
record KnownQueryParameters(boolean any, Map<String, Boolean> once, List<String> prefixes) {

    static KnownQueryParameters of(HandlerMethod handler) {
        Map<String, Boolean> once = new HashMap<>();
        for (MethodParameter parameter : handler.getMethodParameters()) {
            RequestParam declared = parameter.getParameterAnnotation(RequestParam.class);
            if (declared != null && !Map.class.isAssignableFrom(parameter.getParameterType())) {
                once.put(name(declared, parameter), !isMany(parameter.getParameterType()));
            }
        }
        AdditionalQueryParameters additional = handler.getMethodAnnotation(AdditionalQueryParameters.class);
        List<String> names = additional == null ? List.of() : Arrays.asList(additional.value());
        names.stream().filter(name -> !name.endsWith("*")).forEach(name -> once.put(name, false));
        List<String> prefixes = names.stream()
                .filter(name -> name.endsWith("*"))
                .map(name -> name.substring(0, name.length() - 1))
                .toList();
        return new KnownQueryParameters(isAny(handler), Map.copyOf(once), prefixes);
    }

    boolean takes(String name) {
        return any || once.containsKey(name) || prefixes.stream().anyMatch(name::startsWith);
    }

    boolean takesOnce(String name) {
        return !any && Boolean.TRUE.equals(once.get(name));
    }

    private static boolean isAny(HandlerMethod handler) {
        return handler.hasMethodAnnotation(IgnoreUnknownQueryParameters.class)
                || AnnotatedElementUtils.hasAnnotation(handler.getBeanType(), IgnoreUnknownQueryParameters.class);
    }

    private static boolean isMany(Class<?> type) {
        return type.isArray() || Collection.class.isAssignableFrom(type);
    }

    private static String name(RequestParam declared, MethodParameter parameter) {
        if (StringUtils.hasText(declared.name())) {
            return declared.name();
        }
        return String.valueOf(parameter.getParameterName());
    }
}
