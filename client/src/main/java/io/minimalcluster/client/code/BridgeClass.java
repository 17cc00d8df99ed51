package io.minimalcluster.client.code;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;
import static java.lang.constant.ConstantDescs.CD_MethodType;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.CLASS_INIT_NAME;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodBuilder;
import java.lang.classfile.MethodSignature;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.MethodParameterInfo;
import java.lang.classfile.attribute.MethodParametersAttribute;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Generates a public class with one public method that calls a function, because target functions are the public
 * methods of public classes, and the method of a lambda is private. The class is in the package of the code that refers
 * to the function. A method that this package cannot access is called through a method handle.
 *
 * <p>Captured values are the fields of a second class: the last parameter of the method, or the only one.
 *
 * <p>The generated method has the types of {@link BridgeTypes}. If they differ from those of the function, such as
 * {@code Long} from {@code long}, the method handle converts them.
 */
final class BridgeClass {
    private static final String HANDLE = "FUNCTION";
    private static final int MAJOR_OF_JAVA_25 = ClassFile.JAVA_25_VERSION;
    private static final ClassDesc METHOD_HANDLES =
            MethodHandles.class.describeConstable().orElseThrow();

    private final FunctionReference function;
    private final BridgeTypes types;
    private final String binaryName;
    private final ClassDesc name;
    private final ClassDesc values;

    /** @param suffix of the name, after that of the class that contains the reference */
    BridgeClass(FunctionReference function, BridgeTypes types, String suffix) {
        this.function = function;
        this.types = types;
        this.binaryName = function.caller().getName().replace('$', '_') + suffix;
        this.name = ClassDesc.of(binaryName);
        this.values = ClassDesc.of(binaryName + "Values");
    }

    /** The binary name of the class with the method. */
    String binaryName() {
        return binaryName;
    }

    /** The class files by their paths. */
    SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(path(name), ClassFile.of().build(name, this::bridge));
        if (hasValues()) {
            files.put(path(values), ClassFile.of().build(values, this::values));
        }
        return files;
    }

    private static String path(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1) + ".class";
    }

    private boolean hasValues() {
        return types.arguments().isEmpty() || !types.captured().isEmpty();
    }

    private void values(ClassBuilder builder) {
        builder.withVersion(MAJOR_OF_JAVA_25, 0).withFlags(ACC_PUBLIC | ACC_FINAL);
        for (int at = 0; at < types.captured().size(); at++) {
            builder.withField(CapturedValues.member(at), desc(types.captured().get(at)), ACC_PUBLIC);
        }
        builder.withMethodBody(
                INIT_NAME,
                MTD_void,
                ACC_PUBLIC,
                code -> code.aload(0)
                        .invokespecial(CD_Object, INIT_NAME, MTD_void)
                        .return_());
    }

    private void bridge(ClassBuilder builder) {
        builder.withVersion(MAJOR_OF_JAVA_25, 0).withFlags(ACC_PUBLIC | ACC_FINAL);
        if (!isDirect()) {
            builder.withField(HANDLE, CD_MethodHandle, ACC_PRIVATE | ACC_STATIC | ACC_FINAL);
            builder.withMethodBody(CLASS_INIT_NAME, MTD_void, ACC_STATIC, this::findFunction);
        }
        List<ClassDesc> parameters = new ArrayList<>();
        StringBuilder signature = new StringBuilder("(");
        List<MethodParameterInfo> names = new ArrayList<>();
        for (Type argument : types.arguments()) {
            parameters.add(desc(GenericTypes.erasure(argument)));
            signature.append(GenericTypes.signature(argument));
            names.add(MethodParameterInfo.ofParameter(Optional.of(nameOfArgument(names.size())), 0));
        }
        if (hasValues()) {
            parameters.add(values);
            signature.append(values.descriptorString());
            names.add(MethodParameterInfo.ofParameter(Optional.of("captured"), 0));
        }
        ClassDesc returned = desc(types.returned());
        Type result = types.result();
        signature
                .append(')')
                .append(
                        GenericTypes.erasure(result) == types.returned()
                                ? GenericTypes.signature(result)
                                : returned.descriptorString());
        builder.withMethod(methodName(), MethodTypeDesc.of(returned, parameters), ACC_PUBLIC | ACC_STATIC, method -> {
            method.with(SignatureAttribute.of(MethodSignature.parseFrom(signature.toString())))
                    .with(MethodParametersAttribute.of(names));
            withBody(method);
        });
    }

    private String nameOfArgument(int at) {
        if (types.arguments().size() > 1) {
            return at == 0 ? "one" : "other";
        }
        var parameters = function.member().getParameters();
        int last = parameters.length - 1;
        return last >= 0 && parameters[last].isNamePresent() ? parameters[last].getName() : "x";
    }

    private String methodName() {
        return function.isLambda() ? "lambda" : function.isConstructor() ? "make" : function.name();
    }

    private void withBody(MethodBuilder method) {
        method.withCode(code -> {
            boolean direct = isDirect();
            if (!direct) {
                code.getstatic(name, HANDLE, CD_MethodHandle);
            } else if (function.isConstructor()) {
                code.new_(desc(function.owner())).dup();
            }
            int slot = 0;
            for (Type argument : types.arguments()) {
                slot += kind(GenericTypes.erasure(argument)).slotSize();
            }
            for (int at = 0; at < types.captured().size(); at++) {
                code.aload(slot)
                        .getfield(
                                values,
                                CapturedValues.member(at),
                                desc(types.captured().get(at)));
            }
            int next = 0;
            for (Type argument : types.arguments()) {
                TypeKind kind = kind(GenericTypes.erasure(argument));
                code.loadLocal(kind, next);
                next += kind.slotSize();
            }
            if (direct) {
                invoke(code);
            } else {
                code.invokevirtual(CD_MethodHandle, "invokeExact", desc(whole()));
            }
            code.return_(kind(types.returned()));
        });
    }

    private void invoke(CodeBuilder code) {
        ClassDesc owner = desc(function.owner());
        MethodTypeDesc type = desc(function.descriptor());
        if (function.isConstructor()) {
            code.invokespecial(owner, INIT_NAME, desc(function.descriptor().changeReturnType(void.class)));
        } else if (function.isStatic()) {
            code.invokestatic(owner, function.name(), type, function.owner().isInterface());
        } else if (function.owner().isInterface()) {
            code.invokeinterface(owner, function.name(), type);
        } else {
            code.invokevirtual(owner, function.name(), type);
        }
    }

    /** The type of a call: captured values, then arguments, as {@code invokeExact} needs it. */
    private MethodType whole() {
        return MethodType.methodType(types.returned(), parametersOfCall());
    }

    private List<Class<?>> parametersOfCall() {
        List<Class<?>> parameters = new ArrayList<>(types.captured());
        types.arguments().forEach(argument -> parameters.add(GenericTypes.erasure(argument)));
        return parameters;
    }

    private void findFunction(CodeBuilder code) {
        code.loadConstant(desc(function.caller()))
                .invokestatic(METHOD_HANDLES, "lookup", MethodTypeDesc.of(CD_MethodHandles_Lookup))
                .invokestatic(
                        METHOD_HANDLES,
                        "privateLookupIn",
                        MethodTypeDesc.of(CD_MethodHandles_Lookup, CD_Class, CD_MethodHandles_Lookup))
                .loadConstant(desc(function.owner()));
        if (function.isConstructor()) {
            code.loadConstant(desc(function.descriptor().changeReturnType(void.class)))
                    .invokevirtual(
                            CD_MethodHandles_Lookup,
                            "findConstructor",
                            MethodTypeDesc.of(CD_MethodHandle, CD_Class, CD_MethodType));
        } else {
            code.loadConstant(function.name())
                    .loadConstant(desc(function.descriptor()))
                    .invokevirtual(
                            CD_MethodHandles_Lookup,
                            function.isStatic() ? "findStatic" : "findVirtual",
                            MethodTypeDesc.of(CD_MethodHandle, CD_Class, CD_String, CD_MethodType));
        }
        code.loadConstant(desc(whole()))
                .invokevirtual(CD_MethodHandle, "asType", MethodTypeDesc.of(CD_MethodHandle, CD_MethodType))
                .putstatic(name, HANDLE, CD_MethodHandle)
                .return_();
    }

    /** Whether an instruction calls the method, without a conversion of its types. */
    private boolean isDirect() {
        List<Class<?>> given = parametersOfCall();
        List<Class<?>> taken = function.parameterTypes();
        return isAccessible()
                && types.returned() == function.returnType()
                && IntStream.range(0, given.size()).allMatch(at -> taken.get(at).isAssignableFrom(given.get(at)));
    }

    /** Whether the generated class may call the method: it is public, or of the same package and not private. */
    private boolean isAccessible() {
        int modifiers = function.member().getModifiers();
        Class<?> declaring = function.member().getDeclaringClass();
        boolean isPublic = Modifier.isPublic(modifiers) && isPublic(function.owner()) && isPublic(declaring);
        boolean isNear = !Modifier.isPrivate(modifiers)
                && declaring == function.owner()
                && declaring.getPackageName().equals(function.caller().getPackageName());
        return isPublic || isNear;
    }

    private static boolean isPublic(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
    }

    private static TypeKind kind(Class<?> type) {
        return TypeKind.from(type);
    }

    private static ClassDesc desc(Class<?> type) {
        return type == void.class ? CD_void : type.describeConstable().orElseThrow();
    }

    private static MethodTypeDesc desc(MethodType type) {
        return type.describeConstable().orElseThrow();
    }
}
