package io.minimalcluster.client.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The method of a reference that javac has wrapped into a lambda. It does so where it infers an intersection, such as
 * {@code Record & Shape} for arguments of several records that implement {@code Shape}, and passes the first of these
 * types. The wrapper casts its parameter, calls the method and boxes the result. A lambda of the user that does the
 * same can't be told from it, so its argument has the type of the cast too.
 *
 * @param kind a kind of {@link MethodHandleInfo}
 * @param owner the internal name of the class
 */
record WrappedReference(int kind, String owner, String name, String descriptor) {

    /** The method that a lambda of one parameter wraps; empty if it does more. */
    static Optional<WrappedReference> of(Class<?> owner, String lambda, MethodType type) {
        return body(owner, lambda, type.descriptorString()).flatMap(WrappedReference::wrapped);
    }

    private static Optional<List<Instruction>> body(Class<?> owner, String lambda, String descriptor) {
        String file = owner.getName().substring(owner.getName().lastIndexOf('.') + 1) + ".class";
        try (@Nullable InputStream in = owner.getResourceAsStream(file)) {
            return in == null
                    ? Optional.empty()
                    : ClassFile.of().parse(in.readAllBytes()).methods().stream()
                            .filter(method -> method.methodName().equalsString(lambda)
                                    && method.methodType().equalsString(descriptor))
                            .findFirst()
                            .flatMap(MethodModel::code)
                            .map(code -> instructions(code.elementList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Instruction> instructions(List<CodeElement> elements) {
        List<Instruction> instructions = new ArrayList<>();
        for (CodeElement element : elements) {
            if (element instanceof Instruction instruction) {
                instructions.add(instruction);
            }
        }
        return instructions;
    }

    private static Optional<WrappedReference> wrapped(List<Instruction> body) {
        boolean isWrapper = (body.size() == 4 || (body.size() == 5 && isBoxing(body.get(3))))
                && body.get(0) instanceof LoadInstruction
                && body.get(1) instanceof TypeCheckInstruction cast
                && cast.opcode() == Opcode.CHECKCAST
                && body.getLast() instanceof ReturnInstruction;
        return isWrapper && body.get(2) instanceof InvokeInstruction call ? called(call) : Optional.empty();
    }

    private static boolean isBoxing(Instruction instruction) {
        return instruction instanceof InvokeInstruction call
                && call.name().equalsString("valueOf")
                && call.typeSymbol().parameterCount() == 1
                && call.typeSymbol().parameterType(0).isPrimitive()
                && call.owner().asInternalName().startsWith("java/lang/")
                && !call.owner().asInternalName().equals("java/lang/String");
    }

    private static Optional<WrappedReference> called(InvokeInstruction call) {
        int parameters = call.typeSymbol().parameterCount();
        int kind = switch (call.opcode()) {
            case INVOKESTATIC -> parameters == 1 ? MethodHandleInfo.REF_invokeStatic : 0;
            case INVOKEVIRTUAL -> parameters == 0 ? MethodHandleInfo.REF_invokeVirtual : 0;
            case INVOKEINTERFACE -> parameters == 0 ? MethodHandleInfo.REF_invokeInterface : 0;
            default -> 0;
        };
        return kind == 0
                ? Optional.empty()
                : Optional.of(new WrappedReference(
                        kind,
                        call.owner().asInternalName(),
                        call.name().stringValue(),
                        call.type().stringValue()));
    }
}
