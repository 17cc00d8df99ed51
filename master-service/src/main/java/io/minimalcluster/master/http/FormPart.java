package io.minimalcluster.master.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.master.error.MasterException.BadFile;
import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.error.MasterException.PayloadTooLarge;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.apache.tomcat.util.http.fileupload.MultipartStream;

/** One part of a multipart form, read as a stream. */
public final class FormPart {
    private final FileItemStream part;

    FormPart(FileItemStream part) {
        this.part = part;
    }

    /** The name of the field. */
    public String name() {
        return part.getFieldName();
    }

    /** The unmodified file name, including folders; empty for a plain field. */
    public Optional<String> fileName() {
        try {
            return Optional.ofNullable(part.getName());
        } catch (InvalidFileNameException e) {
            throw new BadFile(e.getName().replace("\0", "\\0"), "A file name has no control characters.");
        }
    }

    /** The {@code Content-Type} of the part; empty if absent. */
    public String contentType() {
        return part.getContentType() == null ? "" : part.getContentType();
    }

    /** The content of the part. Only the size limit of the whole body applies. */
    public InputStream content() throws IOException {
        return part.openStream();
    }

    /**
     * The content as UTF-8 text.
     *
     * @param maxBytes size limit
     * @throws PayloadTooLarge if the part is larger
     * @throws Malformed if the part is not UTF-8
     */
    public String text(int maxBytes) throws IOException {
        try (InputStream content = content()) {
            byte[] bytes = content.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new PayloadTooLarge("The part '" + name() + "' is larger than " + maxBytes + " bytes.", maxBytes);
            }
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            String file = fileName().map(named -> " with the file " + named).orElse("");
            throw Malformed.field(name(), "The part '" + name() + "'" + file + " is not UTF-8.");
        } catch (MultipartStream.MalformedStreamException e) {
            throw new Malformed("The multipart body ends early.");
        }
    }
}
