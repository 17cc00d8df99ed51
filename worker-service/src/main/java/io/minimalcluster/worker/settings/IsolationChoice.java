package io.minimalcluster.worker.settings;

import io.minimalcluster.model.worker.Isolation;
import java.util.Optional;

/** The isolation setting of executors. */
public enum IsolationChoice {
    /** The strongest level that works here. */
    AUTO,
    PROCESS,
    UID,
    BUBBLEWRAP;

    /** The chosen level; empty for {@link #AUTO}. */
    public Optional<Isolation> named() {
        return switch (this) {
            case AUTO -> Optional.empty();
            case PROCESS -> Optional.of(Isolation.PROCESS);
            case UID -> Optional.of(Isolation.UID);
            case BUBBLEWRAP -> Optional.of(Isolation.BUBBLEWRAP);
        };
    }
}
