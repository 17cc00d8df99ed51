package io.minimalcluster.master.reduce.fold;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The folds that the master does itself. */
public enum BuiltInReduction {
    SUM,
    COUNT,
    MIN,
    MAX,
    MEAN;

    /** The one of a name. */
    public static Optional<BuiltInReduction> of(String name) {
        return Arrays.stream(values()).filter(each -> each.text().equals(name)).findFirst();
    }

    /** How it is written. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A fold over values of a Java type, as source code has it; from what it told before, or from the beginning. */
    public Fold fold(String type) {
        return switch (type) {
            case "double", "Double" -> new FloatingFold(this, false);
            case "float", "Float" -> new FloatingFold(this, true);
            default -> new ExactFold(this, JavaTypeKinds.isWhole(type));
        };
    }
}
