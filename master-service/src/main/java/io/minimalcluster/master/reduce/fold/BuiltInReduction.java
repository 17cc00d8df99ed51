package io.minimalcluster.master.reduce.fold;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Built-in reductions, which the master computes itself. */
public enum BuiltInReduction {
    SUM,
    COUNT,
    MIN,
    MAX,
    MEAN;

    /** Finds a built-in by its name. */
    public static Optional<BuiltInReduction> of(String name) {
        return Arrays.stream(values()).filter(each -> each.text().equals(name)).findFirst();
    }

    /** Name of the built-in in options. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Creates a fold over values of a Java type, given by its name in source code. */
    public Fold fold(String type) {
        return switch (type) {
            case "double", "Double" -> new FloatingFold(this, false);
            case "float", "Float" -> new FloatingFold(this, true);
            default -> new ExactFold(this, JavaTypeKinds.isWhole(type));
        };
    }
}
