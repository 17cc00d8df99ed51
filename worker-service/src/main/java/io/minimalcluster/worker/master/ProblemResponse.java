package io.minimalcluster.worker.master;

import io.minimalcluster.worker.master.MasterCallException.Busy;
import io.minimalcluster.worker.master.MasterCallException.LeaseLost;
import io.minimalcluster.worker.master.MasterCallException.NotTaken;
import io.minimalcluster.worker.master.MasterCallException.Refused;
import io.minimalcluster.worker.master.MasterCallException.Unreachable;
import io.minimalcluster.worker.master.MasterCallException.WorkerUnknown;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** An answer that is not of 2xx; of a problem document that says more, what it says. */
record ProblemResponse(int status, String text, Duration retryAfter, OptionalLong leaseEnd) {
    /** How many bytes of such an answer are read. */
    static final int LONGEST = 64 * 1024;

    private static final int LONGEST_TEXT = 300;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** What is read of a problem document. */
    record Document(
            @Nullable String type,
            @Nullable String title,
            @Nullable String detail,
            @Nullable Long end) {
        static final Document NONE = new Document(null, null, null, null);
    }

    static ProblemResponse of(ResponseInfo info, byte[] body) {
        Duration retryAfter = info.headers()
                .firstValue("Retry-After")
                .map(ProblemResponse::seconds)
                .orElse(Duration.ZERO);
        Document document = read(body);
        return new ProblemResponse(
                info.statusCode(), "answered " + info.statusCode() + describe(document), retryAfter, end(document));
    }

    /** The other form of the header is a date, which would compare two clocks. */
    private static Duration seconds(String header) {
        if (!header.matches("\\d{1,9}")) {
            return Duration.ZERO;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(header));
        return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    }

    private static Document read(byte[] body) {
        try {
            Document document = ProtocolJson.MAPPER.readValue(body, Document.class);
            return document == null ? Document.NONE : document;
        } catch (JacksonException _) {
            return Document.NONE; // a proxy's page, say
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
        return line.length() > LONGEST_TEXT ? line.substring(0, LONGEST_TEXT) + "…" : line;
    }

    MasterCallException toException() {
        return switch (status) {
            case 401, 403 -> new Refused(text, true);
            case 422 -> new Refused(text, false);
            case 409 -> new LeaseLost(text);
            case 410 -> new WorkerUnknown(text);
            case 429, 503, 507 -> new Busy(text, retryAfter);
            case 408 -> new Unreachable(text);
            default -> status / 100 == 4 ? new NotTaken(text, leaseEnd) : new Unreachable(text);
        };
    }
}
