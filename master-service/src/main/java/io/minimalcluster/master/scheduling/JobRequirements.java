package io.minimalcluster.master.scheduling;

import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.support.ByteSize;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requirements of a job on its workers.
 *
 * @param labels labels that a worker must have, with these values; {@link #MEMORY} is the heap of its executors
 * @param network whether a worker must give its tasks network access
 */
public record JobRequirements(SortedMap<String, String> labels, boolean network) {
    /** Requirements that every worker meets. */
    public static final JobRequirements NONE = new JobRequirements(new TreeMap<>(), false);

    /** The requirement of a least heap of each executor, such as {@code 2g}. */
    public static final String MEMORY = "memory";

    private static final String NONE_KEY = "";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The requirements in the options of a job. */
    public static JobRequirements of(JobOptions options) {
        Map<String, String> requires = options.requires() == null ? Map.of() : options.requires();
        return new JobRequirements(new TreeMap<>(requires), Boolean.TRUE.equals(options.network()));
    }

    /** Parses a key of {@link #key}. */
    public static JobRequirements of(String key) {
        return key.equals(NONE_KEY) ? NONE : JSON.readValue(key, JobRequirements.class);
    }

    /** Canonical text of the requirements; empty for none. */
    public String key() {
        return equals(NONE) ? NONE_KEY : JSON.writeValueAsString(this);
    }

    /** Whether a worker with these capabilities meets the requirements. */
    public boolean areMetBy(WorkerCapabilities worker) {
        return (!network || worker.network())
                && labels.entrySet().stream().allMatch(label -> isMetBy(worker, label.getKey(), label.getValue()));
    }

    private static boolean isMetBy(WorkerCapabilities worker, String name, String value) {
        return name.equals(MEMORY)
                ? worker.memoryBytes() >= ByteSize.valueOf(value).bytes()
                : value.equals(worker.labels().get(name));
    }
}
