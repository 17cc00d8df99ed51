package io.minimalcluster.client.code;

import io.minimalcluster.client.function.SerializableBinaryOperator;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An operator of results, prepared for a cluster: its type and its code. It is sent with the function it reduces. */
public final class PackedOperator {
    private final FunctionReference operator;
    private final BridgeTypes types;
    private final BridgeClass bridge;

    private PackedOperator(FunctionReference operator, BridgeTypes types) {
        this.operator = operator;
        this.types = types;
        this.bridge = new BridgeClass(operator, types, "_Reduce");
    }

    /**
     * Prepares an operator.
     *
     * @param values the type of the values that it reduces
     * @throws FunctionRefusedException if it cannot be sent, for example because it captures values
     */
    public static PackedOperator of(SerializableBinaryOperator<?> operator, Type values) {
        FunctionReference reference = FunctionReference.of(operator);
        SessionVariables.refuse(reference);
        return new PackedOperator(reference, BridgeTypes.ofOperator(reference, values));
    }

    /** Identifies the code. */
    public Object key() {
        return List.of(operator.caller(), operator.owner(), operator.name(), operator.descriptor(), types.toString());
    }

    /** The name for messages, such as {@code Long::sum}. */
    public String name() {
        return operator.text();
    }

    /** The type of its arguments and of its value. */
    public Type type() {
        return types.result();
    }

    /** The class that declares the target function. */
    public String target() {
        return bridge.binaryName();
    }

    /** The generated class files by their paths. */
    Map<String, byte[]> files() {
        return bridge.files();
    }

    /** Classes that refer to all code of the operator, in an order that does not vary. */
    Set<Class<?>> roots() {
        return new LinkedHashSet<>(List.of(operator.caller(), operator.owner(), GenericTypes.erasure(type())));
    }
}
