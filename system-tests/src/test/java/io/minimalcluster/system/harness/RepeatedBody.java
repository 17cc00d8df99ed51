package io.minimalcluster.system.harness;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.stream.Stream;

/** A long request body that uses little memory, because its middle is repeated. */
public record RepeatedBody(byte[] head, byte[] middle, int times, byte[] tail) {
    public RepeatedBody(String head, String middle, int times, String tail) {
        this(bytes(head), bytes(middle), times, bytes(tail));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public long length() {
        return head.length + (long) times * middle.length + tail.length;
    }

    /** Opens the body from its start. */
    public InputStream stream() {
        Stream<byte[]> pieces = Stream.concat(
                Stream.concat(Stream.of(head), Collections.nCopies(times, middle).stream()), Stream.of(tail));
        return new SequenceInputStream(Collections.enumeration(
                pieces.<InputStream>map(ByteArrayInputStream::new).toList()));
    }
}
