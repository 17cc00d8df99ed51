package io.minimalcluster.chaos.history;

import tools.jackson.databind.JsonNode;

/** A recorded call. A call without a recorded end is unknown and ends at the maximum time. */
public record RecordedCall(HistoryEvent invoke, HistoryEvent end) {
    public Operation operation() {
        return invoke.operation();
    }

    public Phase phase() {
        return end.phase();
    }

    public boolean isOk() {
        return phase() == Phase.OK;
    }

    /** Whether the call may have been processed. */
    public boolean mayBeDone() {
        return phase() != Phase.FAIL;
    }

    public JsonNode request() {
        return invoke.facts();
    }

    public JsonNode response() {
        return end.facts();
    }

    /** The id of the job, or empty. */
    public String job() {
        String request = request().path("job").asString("");
        return request.isEmpty() ? response().path("job").asString("") : request;
    }

    /** The name of the job, or empty. */
    public String name() {
        String request = request().path("name").asString("");
        return request.isEmpty() ? response().path("name").asString("") : request;
    }

    /** Whether this call ended before the other started. */
    public boolean isBefore(RecordedCall other) {
        return end.nanos() < other.invoke().nanos();
    }

    @Override
    public String toString() {
        return operation() + " #" + invoke.call() + " " + phase() + " " + request() + " " + response();
    }
}
