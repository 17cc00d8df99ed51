package io.minimalcluster.client;

import io.minimalcluster.model.job.JobOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Writes the target function and options of a job as query parameters. */
final class JobQueryWriter {
    private final ObjectMapper json;

    JobQueryWriter(ObjectMapper json) {
        this.json = json;
    }

    Map<String, String> of(NewJob job) {
        Map<String, String> parameters = new LinkedHashMap<>();
        switch (job.target()) {
            case NewJob.Registered(String function) -> parameters.put("function", function);
            case NewJob.Method(var environment, String method) -> {
                parameters.put("environmentId", environment.value());
                parameters.put("method", method);
            }
        }
        addOptions(job.options(), parameters);
        return parameters;
    }

    private void addOptions(JobOptions options, Map<String, String> parameters) {
        json.<JsonNode>valueToTree(options).properties().forEach(option -> {
            String name = option.getKey();
            JsonNode value = option.getValue();
            switch (name) {
                case "labels", "requires" ->
                    value.properties()
                            .forEach(label -> parameters.put(
                                    name + "." + label.getKey(),
                                    label.getValue().asString()));
                case "retryOn" ->
                    parameters.put(
                            name, value.valueStream().map(JsonNode::asString).collect(Collectors.joining(",")));
                case "shared" -> parameters.put(name, value.toString());
                default -> parameters.put(name, value.isString() ? value.asString() : value.toString());
            }
        });
    }
}
