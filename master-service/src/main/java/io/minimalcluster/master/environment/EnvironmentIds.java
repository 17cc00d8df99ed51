package io.minimalcluster.master.environment;

import io.minimalcluster.master.environment.upload.PostedContent;
import io.minimalcluster.model.EnvironmentId;
import java.util.Map;

/** The ids that environments have, or would have. */
public final class EnvironmentIds {
    private EnvironmentIds() {}

    /** Of sources by file name, with nothing beside them. */
    public static EnvironmentId of(Map<String, String> sources) {
        return PostedContent.of(sources).id();
    }
}
