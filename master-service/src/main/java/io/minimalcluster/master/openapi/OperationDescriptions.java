package io.minimalcluster.master.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The descriptions of all operations, from the files {@code openapi/*.yaml}, one per feature. */
final class OperationDescriptions {
    private final Map<String, OperationDescription> byCall;

    private OperationDescriptions(Map<String, OperationDescription> byCall) {
        this.byCall = byCall;
    }

    static OperationDescriptions read() throws IOException {
        Map<String, OperationDescription> all = new LinkedHashMap<>();
        for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:/openapi/*.yaml")) {
            try (InputStream in = file.getInputStream()) {
                Map<String, Map<?, ?>> calls = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
                calls.forEach((call, entry) -> all.put(call, OperationDescription.of(call, entry)));
            }
        }
        return new OperationDescriptions(all);
    }

    /** The description of an operation, such as {@code GET /api/v1/jobs}. */
    Optional<OperationDescription> of(String call) {
        return Optional.ofNullable(byCall.get(call));
    }
}
