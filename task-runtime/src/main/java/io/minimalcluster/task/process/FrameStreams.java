package io.minimalcluster.task.process;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The streams between a forked JVM and its service. Where the launch command can rearrange descriptors, frames use
 * descriptors of their own. Descriptor 0 is then empty, and descriptor 1 is a pipe that this process reads. Native code
 * and child processes can neither read nor write frames.
 *
 * @param in frames of the service
 * @param out frames to the service
 * @param printed the bytes that were written to descriptor 1; null if frames use descriptors 0 and 1
 */
public record FrameStreams(
        InputStream in, OutputStream out, @Nullable InputStream printed) {
    /** The system property with the folder of descriptors, such as {@code /dev/fd}. */
    public static final String PROPERTY = "task-runtime.descriptors";

    /** The descriptor from which a child reads frames. */
    public static final int IN = 3;

    /** The descriptor to which a child writes frames. */
    public static final int OUT = 4;

    private static final int BUFFER = 1 << 16;

    /**
     * Opens the streams of this process. To be called once, before user code runs.
     *
     * @throws IOException if a descriptor of frames is a file: opening it would empty a file of the JDK when the
     *     process was started by hand
     */
    public static FrameStreams open() throws IOException {
        String folder = System.clearProperty(PROPERTY);
        if (folder == null) {
            return new FrameStreams(
                    new BufferedInputStream(new FileInputStream(FileDescriptor.in), BUFFER),
                    new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER),
                    null);
        }
        String out = folder + "/" + OUT;
        if (new File(out).isFile()) {
            throw new IOException("descriptor " + OUT + " is a file: only a master or a worker starts this process");
        }
        return new FrameStreams(
                new BufferedInputStream(new FileInputStream(folder + "/" + IN), BUFFER),
                new BufferedOutputStream(new FileOutputStream(out), BUFFER),
                new FileInputStream(folder + "/1"));
    }
}
