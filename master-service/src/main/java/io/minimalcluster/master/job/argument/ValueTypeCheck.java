package io.minimalcluster.master.job.argument;

import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.task.json.JsonKind;
import io.minimalcluster.task.json.JsonScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Checks a single value, such as a shared value, against a parameter. */
public final class ValueTypeCheck {
    private ValueTypeCheck() {}

    /** Describes the expected value, or returns null if this value fits. */
    public static @Nullable String expectedInsteadOf(Parameter parameter, byte[] json) {
        try {
            JsonScanner value = JsonScanner.of(json);
            JsonKind kind = value.value();
            ParameterTypeCheck fit = new ParameterTypeCheck(parameter);
            return fit.fits(kind, value.bytes(), value.start(), value.end())
                    ? null
                    : fit.expected() + fit.reason(value.bytes(), value.start(), value.end());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // unreachable: the input is in memory
        }
    }
}
