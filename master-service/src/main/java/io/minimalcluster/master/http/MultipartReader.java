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
 * The parts of a {@code multipart/form-data} body, one after the other as they arrive. A part is read before the next
 * is asked for; nothing of it is kept. The body as a whole is bounded as any other is.
 */
public final class MultipartReader {
    /** Room for a long path in UTF-8 beside the other headers of a part. */
    private static final int HEADER_BYTES = 4096;

    private final FileItemIterator parts;
    private final long limitBytes;
    private final int most;
    private int count;

    private MultipartReader(FileItemIterator parts, long limitBytes, int most) {
        this.parts = parts;
        this.limitBytes = limitBytes;
        this.most = most;
    }

    /**
     * Begins to read the body of a request.
     *
     * @param most how many parts it may have
     */
    public static MultipartReader of(HttpServletRequest request, int most) throws IOException {
        FileUpload reader = new FileUpload();
        reader.setHeaderEncoding(StandardCharsets.UTF_8.name());
        reader.setPartHeaderSizeMax(HEADER_BYTES);
        try {
            return new MultipartReader(
                    reader.getItemIterator(new ServletRequestContext(request)), BoundedRequest.limitOf(request), most);
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
            if (count > most) {
                throw new PayloadTooLarge("The body has more than " + most + " parts.", limitBytes);
            }
            return Optional.of(new FormPart(parts.next()));
        } catch (FileUploadException | FileUploadIOException | MultipartStream.MalformedStreamException e) {
            throw unreadable(e);
        }
    }

    /** What broke the connection, or took too long, is not the fault of the form. */
    private static Malformed unreadable(IOException error) throws IOException {
        if (error.getCause() instanceof IOException cause
                && !(cause instanceof FileUploadException)
                && !(cause instanceof MultipartStream.MalformedStreamException)) {
            throw cause;
        }
        return new Malformed("The body is not multipart/form-data as its Content-Type says, or ends early.");
    }
}
