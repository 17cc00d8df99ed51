package io.minimalcluster.master;

import io.minimalcluster.worker.settings.SettingCheck;
import java.util.Optional;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.context.properties.bind.BindException;

/** Thrown if the configuration does not allow a start. The process logs one line and exits with code 2. */
@SuppressWarnings("serial") // never serialized
public final class StartupException extends IllegalStateException implements ExitCodeGenerator {
    /** @param reason one line that includes the remedy */
    public StartupException(String reason) {
        super(reason);
    }

    /** Finds a refused start in a chain of causes, in which Spring wraps it. An invalid setting refuses a start too. */
    static Optional<StartupException> in(Throwable failure) {
        Optional<StartupException> invalidSetting = Optional.empty();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof StartupException refused) {
                return Optional.of(refused);
            }
            if (each instanceof BindException invalid) {
                invalidSetting = Optional.of(new StartupException(SettingCheck.reason(invalid)));
            }
        }
        return invalidSetting;
    }

    @Override
    public int getExitCode() {
        return 2;
    }
}
