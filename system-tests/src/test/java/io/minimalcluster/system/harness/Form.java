package io.minimalcluster.system.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/** A multipart form. */
public final class Form {
    private static final String BOUNDARY = "----a-boundary-that-no-file-has";

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /** Adds a field. */
    public Form field(String name, String value) {
        return part("form-data; name=\"" + name + "\"", value.getBytes(UTF_8));
    }

    /** Adds a file with any file name, valid or not. */
    public Form file(String name, String fileName, byte[] content) {
        return part("form-data; name=\"" + name + "\"; filename=\"" + fileName + "\"", content);
    }

    public Form file(String name, String fileName, String content) {
        return file(name, fileName, content.getBytes(UTF_8));
    }

    private Form part(String disposition, byte[] content) {
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: " + disposition + "\r\n\r\n").getBytes(UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(UTF_8));
        return this;
    }

    /** Posts the form to a path below {@code /api/v1}. */
    public Response post(Api api, String path) {
        return api.send(
                "POST",
                "/api/v1" + path,
                Map.of("Content-Type", "multipart/form-data; boundary=" + BOUNDARY),
                BodyPublishers.ofByteArray(closed()));
    }

    private byte[] closed() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(body.toByteArray());
        whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
        return whole.toByteArray();
    }
}
