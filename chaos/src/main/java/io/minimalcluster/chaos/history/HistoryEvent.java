package io.minimalcluster.chaos.history;

import tools.jackson.databind.JsonNode;

/**
 * A line of a history.
 *
 * @param call the number of the call
 * @param nanos monotonic time since the start of the history
 * @param facts the relevant parts of the request or response
 */
public record HistoryEvent(long call, long nanos, String client, Operation operation, Phase phase, JsonNode facts) {}
