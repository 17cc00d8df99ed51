package io.minimalcluster.worker.executor.protocol;

import java.net.ProtocolException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads the headers of frames. */
public final class FrameHeaders {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FrameHeaders() {}

    public static byte[] write(Object header) {
        return JSON.writeValueAsBytes(header);
    }

    public static <T> T read(byte[] header, Class<T> type) throws ProtocolException {
        T read = null;
        try {
            read = JSON.readValue(header, type);
        } catch (JacksonException malformed) {
            // handled like null
        }
        if (read == null) {
            throw new ProtocolException("a malformed " + type.getSimpleName());
        }
        return read;
    }
}
