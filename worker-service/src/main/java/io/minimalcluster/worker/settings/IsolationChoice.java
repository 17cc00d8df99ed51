package io.minimalcluster.worker.settings;

import io.minimalcluster.model.worker.Isolation;
import java.util.Optional;

/** Which isolation executors are to have. */
public enum IsolationChoice {
    /** The strongest that works here. */
    AUTO,
    PROCESS,
    UID,
    BUBBLEWRAP;

    /** The one that it names; empty for the strongest that works. */
    public Optional<Isolation> named() {
        return switch (this) {
            case AUTO -> Optional.empty();
            case PROCESS -> Optional.of(Isolation.PROCESS);
            case UID -> Optional.of(Isolation.UID);
            case BUBBLEWRAP -> Optional.of(Isolation.BUBBLEWRAP);
        };
    }
}
