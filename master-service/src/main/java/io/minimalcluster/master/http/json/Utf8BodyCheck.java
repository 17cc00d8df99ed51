package io.minimalcluster.master.http.json;

import io.minimalcluster.master.error.MasterException.Malformed;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.lang.reflect.Type;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Rejects JSON bodies in other encodings than UTF-8 without a byte order mark; Jackson would detect other encodings.
 */
@RestControllerAdvice
final class Utf8BodyCheck extends RequestBodyAdviceAdapter {
    @Override
    public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
        return JacksonJsonHttpMessageConverter.class.isAssignableFrom(converter);
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        PushbackInputStream body = new PushbackInputStream(message.getBody(), 2);
        byte[] first = body.readNBytes(2);
        body.unread(first);
        if (first.length == 2 && (isMark(first[0]) || first[0] == 0 || first[1] == 0)) {
            throw Malformed.at(1, 1, "JSON is read as UTF-8 without a byte order mark.");
        }
        return new Message(message.getHeaders(), body);
    }

    /** Whether the byte begins a byte order mark of UTF-8 or UTF-16; no JSON begins with such a byte. */
    private static boolean isMark(byte first) {
        return first == (byte) 0xEF || first == (byte) 0xFE || first == (byte) 0xFF;
    }

    private record Message(HttpHeaders headers, InputStream body) implements HttpInputMessage {
        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return body;
        }
    }
}
