package io.minimalcluster.master.http;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.error.MasterException.PayloadTooLarge;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.MultipartStream;
import org.apache.tomcat.util.http.fileupload.impl.FileUploadIOException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;

/**
 * Reads a {@code multipart/form-data} body as a stream of parts. A part must be read before the next is requested. The
 * size limit of the body applies.
 */
public final class MultipartReader {
    /** Enough for a long UTF-8 path and the other headers of a part. */
    private static final int HEADER_BYTES = 4096;

    private final FileItemIterator parts;
    private final long limitBytes;
    private final int maxParts;
    private int count;

    private MultipartReader(FileItemIterator parts, long limitBytes, int maxParts) {
        this.parts = parts;
        this.limitBytes = limitBytes;
        this.maxParts = maxParts;
    }

    /**
     * Opens the body of a request.
     *
     * @param maxParts maximum number of parts
     */
    public static MultipartReader of(HttpServletRequest request, int maxParts) throws IOException {
        FileUpload reader = new FileUpload();
        reader.setHeaderEncoding(StandardCharsets.UTF_8.name());
        reader.setPartHeaderSizeMax(HEADER_BYTES);
        try {
            return new MultipartReader(
                    reader.getItemIterator(new ServletRequestContext(request)),
                    BoundedRequest.limitOf(request),
                    maxParts);
        } catch (FileUploadException | FileUploadIOException | MultipartStream.MalformedStreamException e) {
            throw unreadable(e);
        }
    }

    /** The next part; empty after the last. */
    public Optional<FormPart> next() throws IOException {
        try {
            if (!parts.hasNext()) {
                return Optional.empty();
            }
            count++;
            if (count > maxParts) {
                throw new PayloadTooLarge("The body has more than " + maxParts + " parts.", limitBytes);
            }
            return Optional.of(new FormPart(parts.next()));
        } catch (FileUploadException | FileUploadIOException | MultipartStream.MalformedStreamException e) {
            throw unreadable(e);
        }
    }

    /** Connection errors and timeouts are rethrown, because the form is not malformed. */
    private static Malformed unreadable(IOException error) throws IOException {
        if (error.getCause() instanceof IOException cause
                && !(cause instanceof FileUploadException)
                && !(cause instanceof MultipartStream.MalformedStreamException)) {
            throw cause;
        }
        return new Malformed("The body is not multipart/form-data as its Content-Type says, or ends early.");
    }
}
