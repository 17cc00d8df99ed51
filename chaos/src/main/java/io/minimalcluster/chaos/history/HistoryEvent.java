package io.minimalcluster.chaos.history;

import tools.jackson.databind.JsonNode;

/**
 * A line of a history.
 *
 * @param call which call it belongs to
 * @param nanos monotonic, since the history began
 * @param facts what was asked or answered, as far as it matters
 */
public record HistoryEvent(long call, long nanos, String client, Operation operation, Phase phase, JsonNode facts) {}
