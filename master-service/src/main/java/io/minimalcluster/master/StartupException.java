package io.minimalcluster.master;

import org.springframework.boot.ExitCodeGenerator;

/** Thrown if the configuration does not allow a start. The process logs one line and exits with code 2. */
@SuppressWarnings("serial") // never serialized
public final class StartupException extends IllegalStateException implements ExitCodeGenerator {
    /** @param reason one line that includes the remedy */
    public StartupException(String reason) {
        super(reason);
    }

    @Override
    public int getExitCode() {
        return 2;
    }
}
