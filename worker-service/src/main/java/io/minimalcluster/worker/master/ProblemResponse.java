package io.minimalcluster.worker.master;

import io.minimalcluster.model.support.TlsFailure;
import io.minimalcluster.worker.master.MasterCallException.Busy;
import io.minimalcluster.worker.master.MasterCallException.LeaseLost;
import io.minimalcluster.worker.master.MasterCallException.Refused;
import io.minimalcluster.worker.master.MasterCallException.RequestRejected;
import io.minimalcluster.worker.master.MasterCallException.Unreachable;
import io.minimalcluster.worker.master.MasterCallException.WorkerUnknown;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** An error response, with the content of its problem document if there is one. */
record ProblemResponse(int status, String text, Duration retryAfter, OptionalLong leaseEnd) {
    /** The number of bytes read of an error response. */
    static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_TEXT = 300;
    private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(1);

    /** The fields read from a problem document. */
    record Document(
            @Nullable String type,
            @Nullable String title,
            @Nullable String detail,
            @Nullable Long end) {
        static final Document NONE = new Document(null, null, null, null);
    }

    static ProblemResponse of(HttpResponse response, byte[] body) {
        Header retryHeader = response.getFirstHeader("Retry-After");
        Duration retryAfter = retryHeader == null ? Duration.ZERO : seconds(retryHeader.getValue());
        Document document = read(body);
        String description =
                TlsFailure.requiresTls(response.getCode(), body) ? ", " + TlsFailure.REQUIRED : describe(document);
        return new ProblemResponse(
                response.getCode(), "answered " + response.getCode() + description, retryAfter, end(document));
    }

    /** Parses a number of seconds. A date is ignored, because it would compare the clocks of two machines. */
    private static Duration seconds(String header) {
        if (!header.matches("\\d{1,9}")) {
            return Duration.ZERO;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(header));
        return asked.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : asked;
    }

    private static Document read(byte[] body) {
        try {
            Document document = ProtocolJson.MAPPER.readValue(body, Document.class);
            return document == null ? Document.NONE : document;
        } catch (JacksonException _) {
            return Document.NONE; // for example the error page of a proxy
        }
    }

    private static String describe(Document document) {
        String detail = document.detail() == null ? document.title() : document.detail();
        return detail == null ? "" : ", " + oneLine(detail);
    }

    private static OptionalLong end(Document document) {
        return document.end() == null ? OptionalLong.empty() : OptionalLong.of(document.end());
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT) + "…" : line;
    }

    MasterCallException toException() {
        return switch (status) {
            case 401, 403 -> new Refused(text, true);
            case 422 -> new Refused(text, false);
            case 409 -> new LeaseLost(text);
            case 410 -> new WorkerUnknown(text);
            case 429, 503, 507 -> new Busy(text, retryAfter);
            case 408 -> new Unreachable(text);
            default -> status / 100 == 4 ? new RequestRejected(text, leaseEnd) : new Unreachable(text);
        };
    }
}
