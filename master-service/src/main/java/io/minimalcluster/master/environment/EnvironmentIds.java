package io.minimalcluster.master.environment;

import io.minimalcluster.master.environment.upload.PostedContent;
import io.minimalcluster.model.EnvironmentId;
import java.util.Map;

/** Computes the ids of environments. */
public final class EnvironmentIds {
    private EnvironmentIds() {}

    /**
     * Id of an environment of sources, without libraries and resources.
     *
     * @param sources by file name
     */
    public static EnvironmentId of(Map<String, String> sources) {
        return PostedContent.of(sources).id();
    }
}
