package io.minimalcluster.master.scheduling;

import io.minimalcluster.model.job.JobOptions;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a worker must have to be given a job.
 *
 * @param labels that it must have, with these values
 * @param network whether it must give its tasks the network
 */
public record JobRequirements(SortedMap<String, String> labels, boolean network) {
    /** What every worker has. */
    public static final JobRequirements NONE = new JobRequirements(new TreeMap<>(), false);

    private static final String NONE_KEY = "";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Those that a job was posted with. */
    public static JobRequirements of(JobOptions options) {
        Map<String, String> requires = options.requires() == null ? Map.of() : options.requires();
        return new JobRequirements(new TreeMap<>(requires), Boolean.TRUE.equals(options.network()));
    }

    /** Those of a key. */
    public static JobRequirements of(String key) {
        return key.equals(NONE_KEY) ? NONE : JSON.readValue(key, JobRequirements.class);
    }

    /** The same text for the same needs, empty for none. */
    public String key() {
        return equals(NONE) ? NONE_KEY : JSON.writeValueAsString(this);
    }

    /** Whether a worker that offers this can be given the job. */
    public boolean areMetBy(WorkerCapabilities worker) {
        return (!network || worker.network()) && worker.labels().entrySet().containsAll(labels.entrySet());
    }
}
