package io.minimalcluster.worker.fake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** The target functions of the fake environment, and its bundle. */
public final class FakeTasks {
    /** The signature of {@link #square}. */
    public static final String SQUARE = "io.minimalcluster.worker.fake.FakeTasks.square(long)";

    /** The signature of {@link #pause}. */
    public static final String PAUSE = "io.minimalcluster.worker.fake.FakeTasks.pause(long)";

    private static final String CLASS = "io/minimalcluster/worker/fake/FakeTasks.class";

    private FakeTasks() {}

    /** Returns the square of a number. */
    public static long square(long x) {
        return x * x;
    }

    /** Sleeps for a number of seconds. */
    public static long pause(long seconds) throws InterruptedException {
        Thread.sleep(1000 * seconds);
        return seconds;
    }

    /** Creates a bundle of this class. */
    public static byte[] bundle() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes);
                InputStream code = FakeTasks.class.getResourceAsStream("/" + CLASS)) {
            jar.putNextEntry(new ZipEntry(CLASS));
            jar.write(code == null ? new byte[0] : code.readAllBytes());
            jar.closeEntry();
            jar.putNextEntry(new ZipEntry("META-INF/minimalcluster/functions.json"));
            jar.write(functions().getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String functions() {
        String owner = FakeTasks.class.getName();
        return "[{\"owner\":\"%s\",\"signature\":\"%s\"},{\"owner\":\"%s\",\"signature\":\"%s\"}]"
                .formatted(owner, SQUARE, owner, PAUSE);
    }
}
