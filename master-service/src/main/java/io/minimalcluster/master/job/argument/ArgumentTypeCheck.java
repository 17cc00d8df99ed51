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
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether an argument fits a target function: one parameter takes the argument itself; several take an array with one
 * element each, or an object with one field each; none takes anything.
 */
final class ArgumentTypeCheck {
    private final List<Parameter> parameters;
    private final List<ParameterTypeCheck> fits;

    ArgumentTypeCheck(TargetFunction function) {
        this.parameters = function.parameters();
        this.fits = parameters.stream().map(ParameterTypeCheck::new).toList();
    }

    /** What would fit, in words; null if this does. */
    @Nullable
    String expectedInsteadOf(JsonKind kind, byte[] bytes, int start, int end) {
        return switch (fits.size()) {
            case 0 -> null;
            case 1 ->
                fits.getFirst().fits(kind, bytes, start, end)
                        ? null
                        : fits.getFirst().expected();
            default -> severalFit(kind, JsonScanner.of(bytes, start, end)) ? null : several();
        };
    }

    private boolean severalFit(JsonKind kind, JsonScanner argument) {
        try {
            return switch (kind) {
                case ARRAY -> elementsFit(argument);
                case OBJECT -> fieldsFit(argument);
                default -> false;
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never: the bytes are all there
        }
    }

    private boolean elementsFit(JsonScanner argument) throws IOException {
        argument.enterArray();
        int count = 0;
        while (argument.nextElement()) {
            if (count == fits.size() || !fits(fits.get(count), argument)) {
                return false;
            }
            count++;
        }
        return count == fits.size();
    }

    private boolean fieldsFit(JsonScanner argument) throws IOException {
        Set<Integer> seen = new HashSet<>();
        argument.enterObject();
        for (String name = argument.nextField(); name != null; name = argument.nextField()) {
            int place = placeOf(unescaped(name));
            if (place < 0 || !seen.add(place) || !fits(fits.get(place), argument)) {
                return false;
            }
        }
        return seen.size() == fits.size();
    }

    private static boolean fits(ParameterTypeCheck fit, JsonScanner at) throws IOException {
        JsonKind kind = at.value();
        return fit.fits(kind, at.bytes(), at.start(), at.end());
    }

    /** Clients may write any letter as an escape, and many write those beyond ASCII so. */
    private static String unescaped(String name) {
        return name.indexOf('\\') < 0 ? name : JsonMapper.shared().readValue('"' + name + '"', String.class);
    }

    private int placeOf(String name) {
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
