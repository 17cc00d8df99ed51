package io.minimalcluster.client.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses functions that use variables of a jshell session. Such a variable is a static field of the class around a
 * snippet, and only the session assigns it, so it would be 0 or null in each task. The search follows the calls from
 * the function, because the code around it may use variables. It does not find a method that only the class of an
 * argument has, because the code of the function does not name that class.
 */
final class SessionVariables {
    private static final String SESSION = "REPL/";
    private static final Pattern AROUND_A_SNIPPET = Pattern.compile("REPL/\\$JShell\\$[0-9]+[A-Z]*");

    /** A method, or with null as its name all methods of a class. */
    private record Code(String owner, @Nullable String name, String descriptor) {}

    private final @Nullable ClassLoader loader;
    private final Map<String, Optional<ClassModel>> classes = new HashMap<>();
    private final Deque<Code> open = new ArrayDeque<>();
    private final Set<Code> seen = new HashSet<>();

    private SessionVariables(@Nullable ClassLoader loader) {
        this.loader = loader;
    }

    /** @throws FunctionRefusedException if the function uses a variable of a session */
    static void refuse(FunctionReference function) {
        SessionVariables found = new SessionVariables(function.owner().getClassLoader());
        found.add(
                function.owner().getName().replace('.', '/'),
                function.name(),
                function.descriptor().toMethodDescriptorString());
        while (!found.open.isEmpty()) {
            found.visit(found.open.remove());
        }
    }

    /**
     * A class that is declared in the session counts as a whole. Its initialiser runs at its first use, and its methods
     * may be called by those that it inherits.
     */
    private void add(String owner, String name, String descriptor) {
        if (owner.startsWith(SESSION)) {
            Code code = AROUND_A_SNIPPET.matcher(owner).matches()
                    ? new Code(owner, name, descriptor)
                    : new Code(owner, null, "");
            if (seen.add(code)) {
                open.add(code);
            }
        }
    }

    private void visit(Code code) {
        classes.computeIfAbsent(code.owner(), this::read).ifPresent(model -> visit(model, code));
    }

    private void visit(ClassModel model, Code code) {
        model.superclass().ifPresent(this::addClass);
        model.interfaces().forEach(this::addClass);
        model.methods().stream()
                .filter(method -> code.name() == null
                        || (method.methodName().equalsString(code.name())
                                && method.methodType().equalsString(code.descriptor())))
                .forEach(this::visit);
    }

    private void visit(MethodModel method) {
        method.code().ifPresent(code -> code.forEach(this::visit));
    }

    private void visit(CodeElement element) {
        switch (element) {
            case FieldInstruction field
            when isVariable(field) ->
                throw new FunctionRefusedException("the function uses "
                        + field.name().stringValue()
                        + ", a variable of this session, whose value tasks don't have: give it with each argument, or"
                        + " call the cluster in a method or block where it is a parameter or a local variable");
            case FieldInstruction field -> addClass(field.owner());
            case InvokeInstruction call ->
                add(
                        call.owner().asInternalName(),
                        call.name().stringValue(),
                        call.type().stringValue());
            case NewObjectInstruction made -> addClass(made.className());
            case InvokeDynamicInstruction lambda -> lambda.bootstrapArgs().forEach(this::addHandle);
            default -> {}
        }
    }

    /** Whether a field is a variable. Fields that javac adds to the class around a snippet are initialised in tasks. */
    private boolean isVariable(FieldInstruction used) {
        return AROUND_A_SNIPPET.matcher(used.owner().asInternalName()).matches()
                && classes.computeIfAbsent(used.owner().asInternalName(), this::read).stream()
                        .flatMap(model -> model.fields().stream())
                        .noneMatch(field ->
                                field.fieldName().equalsString(used.name().stringValue())
                                        && field.flags().has(AccessFlag.SYNTHETIC));
    }

    private void addClass(ClassEntry type) {
        add(type.asInternalName(), "", "");
    }

    private void addHandle(ConstantDesc constant) {
        if (constant instanceof DirectMethodHandleDesc handle) {
            add(internalName(handle.owner()), handle.methodName(), handle.lookupDescriptor());
        }
    }

    private static String internalName(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.startsWith("L") ? descriptor.substring(1, descriptor.length() - 1) : descriptor;
    }

    private Optional<ClassModel> read(String name) {
        String file = name + ".class";
        try (InputStream in =
                loader == null ? ClassLoader.getSystemResourceAsStream(file) : loader.getResourceAsStream(file)) {
            return in == null ? Optional.empty() : Optional.of(ClassFile.of().parse(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
