package io.minimalcluster.client;

import tools.jackson.databind.JsonNode;

/**
 * What is new of a job.
 *
 * @param id what to go on after
 * @param name {@code progress} or {@code state}
 */
public record JobEvent(String id, String name, JsonNode data) {}
