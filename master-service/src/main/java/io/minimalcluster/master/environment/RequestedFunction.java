package io.minimalcluster.master.environment;

import io.minimalcluster.model.environment.TargetFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function as a caller names it: with or without class, package and parameters. Types are written as in source code,
 * such as {@code List<String>} or {@code int...}.
 *
 * @param name the name, after the class and package if they are given
 * @param parameters the types; null for any
 */
record RequestedFunction(String name, @Nullable List<String> parameters) {
    private static final String JAVA_LANG = "java.lang.";

    static RequestedFunction of(String method) {
        String plain = method.replace(" ", "");
        int start = plain.indexOf('(');
        return start < 0 || !plain.endsWith(")")
                ? new RequestedFunction(plain, null)
                : new RequestedFunction(plain.substring(0, start), parameters(plain));
    }

    private static List<String> parameters(String signature) {
        int start = signature.indexOf('(');
        int end = signature.lastIndexOf(')');
        if (start < 0 || end <= start + 1) {
            return List.of();
        }
        String types = signature.substring(start + 1, end).replace("...", "[]").replace('$', '.');
        return List.of(withoutTypeArguments(types).split(",", -1));
    }

    private static String withoutTypeArguments(String types) {
        StringBuilder plain = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < types.length(); i++) {
            char c = types.charAt(i);
            depth += c == '<' ? 1 : 0;
            if (depth == 0) {
                plain.append(c);
            }
            depth -= c == '>' ? 1 : 0;
        }
        return plain.toString();
    }

    boolean hasName(TargetFunction function) {
        String qualified = function.owner().replace('$', '.') + "." + function.name();
        return qualified.equals(name) || qualified.endsWith("." + name);
    }

    boolean hasExactTypes(TargetFunction function) {
        return parameters == null || parameters.equals(parameters(function.signature()));
    }

    /** Whether the types have the requested names, which may lack their packages. */
    boolean hasSimpleTypes(TargetFunction function) {
        if (parameters == null) {
            return true;
        }
        List<String> types = parameters(function.signature());
        boolean isSame = types.size() == parameters.size();
        for (int i = 0; isSame && i < types.size(); i++) {
            isSame = isNamed(types.get(i), parameters.get(i));
        }
        return isSame;
    }

    private static boolean isNamed(String type, String requested) {
        return type.equals(requested) || type.endsWith("." + requested) || requested.equals(JAVA_LANG + type);
    }

    /** How similar the function is: 2 for the same name, 1 for another one of the same class, 0 for others. */
    int similarity(TargetFunction function) {
        if (function.name().equals(name.substring(name.lastIndexOf('.') + 1))) {
            return 2;
        }
        String owner = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        return !owner.isEmpty() && ("." + function.owner().replace('$', '.')).endsWith("." + owner) ? 1 : 0;
    }
}
