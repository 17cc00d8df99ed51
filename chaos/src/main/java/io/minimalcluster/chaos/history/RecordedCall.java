package io.minimalcluster.chaos.history;

import tools.jackson.databind.JsonNode;

/** A call from its beginning to its end; one that has none is taken for unknown until the end of time. */
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

    /** Whether it may have been done. */
    public boolean mayBeDone() {
        return phase() != Phase.FAIL;
    }

    public JsonNode asked() {
        return invoke.facts();
    }

    public JsonNode told() {
        return end.facts();
    }

    /** The id of the job that it is about, or empty. */
    public String job() {
        String asked = asked().path("job").asString("");
        return asked.isEmpty() ? told().path("job").asString("") : asked;
    }

    /** The name of the job that it is about, or empty. */
    public String name() {
        String asked = asked().path("name").asString("");
        return asked.isEmpty() ? told().path("name").asString("") : asked;
    }

    /** Whether it had ended before the other began, by the one clock of the history. */
    public boolean isBefore(RecordedCall other) {
        return end.nanos() < other.invoke().nanos();
    }

    @Override
    public String toString() {
        return operation() + " #" + invoke.call() + " " + phase() + " " + asked() + " " + told();
    }
}
