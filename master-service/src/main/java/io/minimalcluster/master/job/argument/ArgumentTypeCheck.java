package io.minimalcluster.master.job.argument;

import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.task.json.JsonKind;
import io.minimalcluster.task.json.JsonScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks an argument against the parameters of a target function. One parameter takes the argument itself. Several
 * parameters take an array with one element each, or an object with one field each. A function without parameters takes
 * any argument.
 */
final class ArgumentTypeCheck {
    private final List<Parameter> parameters;
    private final List<ParameterTypeCheck> fits;

    ArgumentTypeCheck(TargetFunction function) {
        this.parameters = function.parameters();
        this.fits = parameters.stream().map(ParameterTypeCheck::new).toList();
    }

    /** The number of digits of integers that fit whatever their value, at most 18. */
    int safeDigits() {
        return switch (fits.size()) {
            case 0 -> ParameterTypeCheck.LONG_DIGITS;
            case 1 -> fits.getFirst().safeDigits();
            default -> 0;
        };
    }

    /** Describes the expected argument, or returns null if this argument fits. */
    @Nullable
    String expectedInsteadOf(JsonKind kind, byte[] bytes, int start, int end) {
        return switch (fits.size()) {
            case 0 -> null;
            case 1 ->
                fits.getFirst().fits(kind, bytes, start, end)
                        ? null
                        : fits.getFirst().expected() + fits.getFirst().reason(bytes, start, end);
            default -> {
                StringBuilder reason = new StringBuilder();
                yield severalFit(kind, JsonScanner.of(bytes, start, end), reason) ? null : several() + reason;
            }
        };
    }

    private boolean severalFit(JsonKind kind, JsonScanner argument, StringBuilder reason) {
        try {
            return switch (kind) {
                case ARRAY -> elementsFit(argument, reason);
                case OBJECT -> fieldsFit(argument, reason);
                default -> false;
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e); // unreachable: the input is in memory
        }
    }

    private boolean elementsFit(JsonScanner argument, StringBuilder reason) throws IOException {
        argument.enterArray();
        int count = 0;
        while (argument.nextElement()) {
            if (count == fits.size() || !fits(fits.get(count), argument, reason)) {
                return false;
            }
            count++;
        }
        return count == fits.size();
    }

    private boolean fieldsFit(JsonScanner argument, StringBuilder reason) throws IOException {
        Set<Integer> seen = new HashSet<>();
        argument.enterObject();
        for (String name = argument.nextField(); name != null; name = argument.nextField()) {
            int index = indexOf(JsonNames.unescaped(name));
            if (index < 0 || !seen.add(index) || !fits(fits.get(index), argument, reason)) {
                return false;
            }
        }
        return seen.size() == fits.size();
    }

    private static boolean fits(ParameterTypeCheck fit, JsonScanner at, StringBuilder reason) throws IOException {
        JsonKind kind = at.value();
        boolean fits = fit.fits(kind, at.bytes(), at.start(), at.end());
        if (!fits) {
            reason.append(fit.reason(at.bytes(), at.start(), at.end()));
        }
        return fits;
    }

    private int indexOf(String name) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private String several() {
        StringBuilder words =
                new StringBuilder("an array of ").append(fits.size()).append(", or an object: ");
        for (int i = 0; i < fits.size(); i++) {
            words.append(i == 0 ? "" : "; ").append(parameters.get(i).name()).append(" = ");
            words.append(fits.get(i).expected());
        }
        return words.toString();
    }
}
