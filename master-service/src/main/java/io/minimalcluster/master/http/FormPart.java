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

/** One part of a form, while it arrives. */
public final class FormPart {
    private final FileItemStream part;

    FormPart(FileItemStream part) {
        this.part = part;
    }

    /** The name of the field. */
    public String name() {
        return part.getFieldName();
    }

    /** The file's name as it was sent, folders and all; empty for a plain field. */
    public Optional<String> fileName() {
        try {
            return Optional.ofNullable(part.getName());
        } catch (InvalidFileNameException e) {
            throw new BadFile(e.getName().replace("\0", "\\0"), "A file name has no control characters.");
        }
    }

    /** What its sender says it is; empty where nothing is said. */
    public String contentType() {
        return part.getContentType() == null ? "" : part.getContentType();
    }

    /** What is in it, bounded by the bound of the whole body alone. */
    public InputStream content() throws IOException {
        return part.openStream();
    }

    /** What is in it as UTF-8, of at most so many bytes. */
    public String text(int mostBytes) throws IOException {
        try (InputStream content = content()) {
            byte[] bytes = content.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw new PayloadTooLarge(
                        "The part '" + name() + "' is larger than " + mostBytes + " bytes.", mostBytes);
            }
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw Malformed.field(name(), "The part '" + name() + "' is not UTF-8.");
        } catch (MultipartStream.MalformedStreamException e) {
            throw new Malformed("The multipart body ends early.");
        }
    }
}
