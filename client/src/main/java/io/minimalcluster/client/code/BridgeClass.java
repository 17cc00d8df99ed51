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

/**
 * Generates a public class with one public method that calls a function, because target functions are the public
 * methods of public classes, and the method of a lambda is private. The class is in the package of the code that refers
 * to the function. A method that this package cannot access is called through a method handle.
 *
 * <p>Captured values are the fields of a second class: the last parameter of the method, or the only one.
 */
final class BridgeClass {
    private static final String HANDLE = "FUNCTION";
    private static final int MAJOR_OF_JAVA_25 = ClassFile.JAVA_25_VERSION;
    private static final ClassDesc METHOD_HANDLES =
            MethodHandles.class.describeConstable().orElseThrow();

    private final FunctionReference function;
    private final BridgeTypes types;
    private final ClassDesc name;
    private final ClassDesc values;

    BridgeClass(FunctionReference function, BridgeTypes types) {
        this.function = function;
        this.types = types;
        String base = function.caller().getName().replace('$', '_') + "_Remote";
        this.name = ClassDesc.of(base);
        this.values = ClassDesc.of(base + "Values");
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
        return types.argument() == null || !types.captured().isEmpty();
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
        if (!isAccessible()) {
            builder.withField(HANDLE, CD_MethodHandle, ACC_PRIVATE | ACC_STATIC | ACC_FINAL);
            builder.withMethodBody(CLASS_INIT_NAME, MTD_void, ACC_STATIC, this::findFunction);
        }
        List<ClassDesc> parameters = new ArrayList<>();
        StringBuilder signature = new StringBuilder("(");
        List<MethodParameterInfo> names = new ArrayList<>();
        Type argument = types.argument();
        if (argument != null) {
            parameters.add(desc(GenericTypes.erasure(argument)));
            signature.append(GenericTypes.signature(argument));
            names.add(MethodParameterInfo.ofParameter(Optional.of(nameOfArgument()), 0));
        }
        if (hasValues()) {
            parameters.add(values);
            signature.append(values.descriptorString());
            names.add(MethodParameterInfo.ofParameter(Optional.of("captured"), 0));
        }
        ClassDesc returned = desc(returnType());
        Type result = types.result();
        signature
                .append(')')
                .append(
                        GenericTypes.erasure(result) == returnType()
                                ? GenericTypes.signature(result)
                                : returned.descriptorString());
        builder.withMethod(methodName(), MethodTypeDesc.of(returned, parameters), ACC_PUBLIC | ACC_STATIC, method -> {
            method.with(SignatureAttribute.of(MethodSignature.parseFrom(signature.toString())))
                    .with(MethodParametersAttribute.of(names));
            withBody(method);
        });
    }

    private String nameOfArgument() {
        var parameters = function.member().getParameters();
        int last = parameters.length - 1;
        return last >= 0 && parameters[last].isNamePresent() ? parameters[last].getName() : "x";
    }

    private String methodName() {
        return function.isLambda() ? "lambda" : function.isConstructor() ? "make" : function.name();
    }

    private Class<?> returnType() {
        return function.isConstructor()
                ? function.owner()
                : function.descriptor().returnType();
    }

    private void withBody(MethodBuilder method) {
        method.withCode(code -> {
            boolean direct = isAccessible();
            if (!direct) {
                code.getstatic(name, HANDLE, CD_MethodHandle);
            } else if (function.isConstructor()) {
                code.new_(desc(function.owner())).dup();
            }
            Type argument = types.argument();
            int slot =
                    argument == null ? 0 : kind(GenericTypes.erasure(argument)).slotSize();
            for (int at = 0; at < types.captured().size(); at++) {
                code.aload(slot)
                        .getfield(
                                values,
                                CapturedValues.member(at),
                                desc(types.captured().get(at)));
            }
            if (argument != null) {
                code.loadLocal(kind(GenericTypes.erasure(argument)), 0);
            }
            if (direct) {
                invoke(code);
            } else {
                code.invokevirtual(CD_MethodHandle, "invokeExact", desc(whole()));
            }
            code.return_(kind(returnType()));
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

    /** The type of the function with its receiver, as {@code invokeExact} needs it. */
    private MethodType whole() {
        MethodType type = function.descriptor().changeReturnType(returnType());
        MethodType exact =
                function.isStatic() || function.isConstructor() ? type : type.insertParameterTypes(0, function.owner());
        int argument = exact.parameterCount() - 1;
        return types.argument() == null
                ? exact
                : exact.changeParameterType(argument, GenericTypes.erasure(types.argument()));
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
