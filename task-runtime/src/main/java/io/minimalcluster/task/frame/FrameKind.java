package io.minimalcluster.task.frame;

import java.net.ProtocolException;

/** The kind of a frame, with its direction, header and body. */
public enum FrameKind {
    /**
     * To an executor: header {@link LoadRequest}, body the shared value or empty. Answered by {@link #LOADED} or
     * {@link #FAILED}.
     */
    LOAD(1),
    /**
     * To an executor: header {@link BatchRequest}, body a JSON array of arguments, or empty for a range. Answered by
     * {@link #PART} frames, then {@link #DONE}.
     */
    RUN(2),
    /** To a compiler: header {@link CompileRequest}, no body. Answered by {@link #COMPILED} or {@link #REJECTED}. */
    COMPILE(3),
    /** From both: the process is ready; no header, no body. The first frame of every process. */
    READY(4),
    /** From an executor: the function is bound; no header, no body. */
    LOADED(5),
    /**
     * From an executor: header {@code TaskError}; the function can't be bound, so every task of the job fails with this
     * error.
     */
    FAILED(6),
    /** From an executor: header {@link OutcomePart}, body a JSON array of values. */
    PART(7),
    /**
     * From an executor: the batch is finished, and parts have reported every started task. No header; a body that is
     * not empty if the process must not run another batch.
     */
    DONE(8),
    /** From a compiler: header {@link CompileResult}, body the bundle, a jar. */
    COMPILED(9),
    /** From a compiler: header {@link CompileRejection}, no body. */
    REJECTED(10),
    /** To a compiler: header {@link NameRequest}, no body. Answered by {@link #NAMED}. */
    NAME(11),
    /** From a compiler: header {@link NameResult}, no body. */
    NAMED(12);

    private final byte code;

    FrameKind(int code) {
        this.code = (byte) code;
    }

    /** The code on the wire. */
    byte code() {
        return code;
    }

    static FrameKind of(int code) throws ProtocolException {
        for (FrameKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new ProtocolException("a frame of kind " + code);
    }
}
