package io.minimalcluster.master.job.argument;

import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.task.json.JsonKind;
import io.minimalcluster.task.json.JsonScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Whether one value that is no task's argument fits a parameter. */
public final class ValueTypeCheck {
    private ValueTypeCheck() {}

    /** What would fit, in words; null if this does. */
    public static @Nullable String expectedInsteadOf(Parameter parameter, byte[] json) {
        try {
            JsonScanner value = JsonScanner.of(json);
            JsonKind kind = value.value();
            ParameterTypeCheck fit = new ParameterTypeCheck(parameter);
            return fit.fits(kind, value.bytes(), value.start(), value.end()) ? null : fit.expected();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never: the bytes are all there
        }
    }
}
