package io.minimalcluster.master;

import org.springframework.boot.ExitCodeGenerator;

/** The master must not start as it is set up. Said in one line, and the process ends with 2. */
@SuppressWarnings("serial") // never serialized
public final class StartupException extends IllegalStateException implements ExitCodeGenerator {
    /** @param reason one line, and what to do about it */
    public StartupException(String reason) {
        super(reason);
    }

    @Override
    public int getExitCode() {
        return 2;
    }
}
