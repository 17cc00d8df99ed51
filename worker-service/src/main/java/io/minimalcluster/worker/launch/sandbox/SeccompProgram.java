package io.minimalcluster.worker.launch.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Assembles a seccomp filter: instructions of classic BPF on the number and the arguments of a system call. Every test
 * skips one instruction, so that no jump is ever too long.
 */
final class SeccompProgram {
    private static final int LOAD_WORD = 0x20;
    private static final int JUMP = 0x05;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_GREATER = 0x25;
    private static final int JUMP_IF_ANY_BIT = 0x45;
    private static final int AND = 0x54;
    private static final int RETURN = 0x06;

    private static final int ALLOW = 0x7fff_0000;
    private static final int ERROR = 0x0005_0000;

    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;
    private static final int ARGUMENTS = 16;
    private static final int INSTRUCTION_BYTES = 8;

    private final List<Instruction> instructions = new ArrayList<>();

    private record Instruction(int code, int ifTrue, int ifFalse, int operand) {}

    SeccompProgram loadArchitecture() {
        return add(LOAD_WORD, 0, 0, ARCHITECTURE);
    }

    SeccompProgram loadNumber() {
        return add(LOAD_WORD, 0, 0, NUMBER);
    }

    /** Loads the lower half of an argument; the calls of the filter ignore the upper half. */
    SeccompProgram loadArgument(int index) {
        return add(LOAD_WORD, 0, 0, ARGUMENTS + 8 * index);
    }

    SeccompProgram mask(int bits) {
        return add(AND, 0, 0, bits);
    }

    /** Runs the next instruction only if the loaded word is equal. */
    SeccompProgram ifEqual(int value) {
        return add(JUMP_IF_EQUAL, 0, 1, value);
    }

    SeccompProgram ifNotEqual(int value) {
        return add(JUMP_IF_EQUAL, 1, 0, value);
    }

    /** Runs the next instruction only if the loaded word is greater, without regard to a sign. */
    SeccompProgram ifGreater(int value) {
        return add(JUMP_IF_GREATER, 0, 1, value);
    }

    SeccompProgram ifAnyBit(int bits) {
        return add(JUMP_IF_ANY_BIT, 0, 1, bits);
    }

    SeccompProgram allow() {
        return add(RETURN, 0, 0, ALLOW);
    }

    SeccompProgram fail(int errno) {
        return add(RETURN, 0, 0, ERROR | errno);
    }

    /** Skips a part of the program. */
    SeccompProgram skip(SeccompProgram part) {
        return add(JUMP, 0, 0, part.instructions.size());
    }

    SeccompProgram append(SeccompProgram part) {
        instructions.addAll(part.instructions);
        return this;
    }

    private SeccompProgram add(int code, int ifTrue, int ifFalse, int operand) {
        instructions.add(new Instruction(code, ifTrue, ifFalse, operand));
        return this;
    }

    /** The program as an array of {@code struct sock_filter}. */
    byte[] bytes() {
        ByteBuffer bytes =
                ByteBuffer.allocate(instructions.size() * INSTRUCTION_BYTES).order(ByteOrder.nativeOrder());
        for (Instruction instruction : instructions) {
            bytes.putShort((short) instruction.code())
                    .put((byte) instruction.ifTrue())
                    .put((byte) instruction.ifFalse())
                    .putInt(instruction.operand());
        }
        return bytes.array();
    }
}
