package io.minimalcluster.master.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Completeness of the descriptions in {@code openapi/} for all endpoints. */
class OperationDescriptionsTest {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    /** Maps each operation of all controllers to its accepted content types. */
    private static Map<String, Set<String>> calls() {
        ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        Map<String, Set<String>> calls = new TreeMap<>();
        scan.findCandidateComponents("io.minimalcluster.master").forEach(found -> {
            Class<?> handler = ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null);
            for (Method method : handler.getDeclaredMethods()) {
                RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping != null) {
                    add(calls, AnnotatedElementUtils.findMergedAnnotation(handler, RequestMapping.class), mapping);
                }
            }
        });
        return calls;
    }

    private static void add(Map<String, Set<String>> calls, @Nullable RequestMapping ofClass, RequestMapping mapping) {
        String base = ofClass == null || ofClass.path().length == 0 ? "" : ofClass.path()[0];
        String[] paths = mapping.path().length == 0 ? new String[] {""} : mapping.path();
        for (String path : paths) {
            if ((base + path).startsWith("/api/")) {
                for (RequestMethod method : mapping.method()) {
                    calls.computeIfAbsent(method + " " + base + path, _ -> new TreeSet<>())
                            .addAll(Arrays.asList(mapping.consumes()));
                }
            }
        }
    }

    private static OperationDescription describedBy(Map<String, OperationDescription> descriptions, String call) {
        return Objects.requireNonNull(descriptions.get(call), call);
    }

    @Test
    void everyOperationIsDescribed() throws IOException {
        Map<String, OperationDescription> descriptions = OperationDescription.all();

        assertThat(calls().keySet())
                .as("add the missing operation to a file in src/main/resources/openapi")
                .allSatisfy(call -> assertThat(descriptions).containsKey(call))
                .hasSizeGreaterThan(20);
    }

    @Test
    void everyBodyHasAnExample() throws IOException {
        Map<String, OperationDescription> descriptions = OperationDescription.all();

        calls().forEach((call, types) -> {
            Set<String> described = describedBy(descriptions, call).bodies().keySet();
            for (String type : types) {
                Pattern pattern = Pattern.compile(Pattern.quote(type).replace("*", "\\E.*\\Q"));
                assertThat(described)
                        .as(call)
                        .anyMatch(each -> pattern.matcher(each).matches());
            }
        });
    }

    @Test
    void everyPathVariableHasAnExample() throws IOException {
        Map<String, OperationDescription> descriptions = OperationDescription.all();

        calls().keySet()
                .forEach(call -> VARIABLE.matcher(call)
                        .results()
                        .map((MatchResult variable) -> variable.group(1))
                        .forEach(name -> assertThat(describedBy(descriptions, call)
                                        .parameters()
                                        .get(name))
                                .as("%s: %s", call, name)
                                .isNotNull()
                                .extracting(OperationDescription.About::example)
                                .isNotNull()));
    }

    @Test
    void everyOperationDescribesItsResponses() throws IOException {
        Map<String, OperationDescription> descriptions = OperationDescription.all();

        assertThat(calls().keySet())
                .allSatisfy(call -> assertThat(describedBy(descriptions, call).answers())
                        .as(call)
                        .isNotEmpty());
    }

    @Test
    void invalidDescriptionIsRejected() {
        assertThatThrownBy(() ->
                        OperationDescription.of("GET /", Map.of("id", "get", "tag", "a", "summary", "b", "boddy", "c")))
                .hasMessageContaining("boddy");
        assertThatThrownBy(() -> OperationDescription.of(
                        "GET /", Map.of("id", "get", "tag", "a", "summary", "b", "problems", List.of("nope"))))
                .hasMessageContaining("nope");
        assertThatThrownBy(() -> OperationDescription.of("GET /", Map.of("id", "get", "tag", "a")))
                .hasMessageContaining("summary");
    }
}
