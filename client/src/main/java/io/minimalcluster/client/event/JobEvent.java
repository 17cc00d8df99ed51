package io.minimalcluster.client.event;

import tools.jackson.databind.JsonNode;

/**
 * A server-sent event of a job.
 *
 * @param id event id, from which a client can resume the stream
 * @param name {@code progress} or {@code state}
 */
public record JobEvent(String id, String name, JsonNode data) {}
