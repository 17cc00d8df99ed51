package io.minimalcluster.master.http.problem;

import io.minimalcluster.master.error.MasterException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import tools.jackson.core.JacksonException;

/** Maps exceptions of Spring, Jackson and Tomcat to problems. */
final class WebProblemMapper {
    private WebProblemMapper() {}

    /** Whether the exception means that the client closed the connection. */
    static boolean isClientGone(Throwable error) {
        return error instanceof AsyncRequestNotUsableException
                || (cause(error, ClientAbortException.class).isPresent()
                        && cause(error, SocketTimeoutException.class).isEmpty());
    }

    /** Problem for a body that ended early. The client may have closed only its side for sending. */
    static Problem cutShort() {
        return malformed("The body ended early.").header("Connection", "close");
    }

    /** Unknown exceptions map to 500, without internal details. */
    static Problem of(Throwable error, String requestId) {
        Problem read = whileReading(error);
        if (read != null) {
            return read;
        }
        return switch (error) {
            case HttpMessageNotReadableException _ -> malformed("The body is missing or can't be read.");
            case MethodArgumentTypeMismatchException e -> malformedField(e.getName(), wrongType(e.getName()));
            case TypeMismatchException e -> malformedField(e.getPropertyName(), wrongType(e.getPropertyName()));
            case MissingServletRequestParameterException e ->
                malformedField(e.getParameterName(), "The parameter '" + e.getParameterName() + "' is missing.");
            case MissingServletRequestPartException e ->
                malformedField(e.getRequestPartName(), "The part '" + e.getRequestPartName() + "' is missing.");
            case MethodArgumentNotValidException e -> invalid(e.getFieldError());
            case HandlerMethodValidationException e ->
                malformed(e.getAllErrors().stream()
                        .map(each -> String.valueOf(each.getDefaultMessage()))
                        .findFirst()
                        .orElse("A parameter is not valid."));
            case MaxUploadSizeExceededException e ->
                Problem.of(ProblemType.PAYLOAD_TOO_LARGE, "An uploaded file is too large.")
                        .with("limitBytes", e.getMaxUploadSize() > 0 ? e.getMaxUploadSize() : null);
            case MultipartException _ -> malformed("The multipart body can't be read.");
            case ServletRequestBindingException e ->
                malformed(String.valueOf(e.getBody().getDetail()));
            case AsyncRequestTimeoutException _ ->
                Problem.of(ProblemType.UNAVAILABLE, "The answer took too long.").header("Retry-After", "1");
            case ErrorResponse e -> status(e, requestId);
            default -> internal(requestId);
        };
    }

    /** Problem 500. The log has the exception, with the same request id. */
    static Problem internal(String requestId) {
        return Problem.of(
                        ProblemType.INTERNAL_ERROR,
                        "An internal error occurred. The log of the master has the details.")
                .with("requestId", requestId);
    }

    /** Problem for a failure to read body or parameters, found anywhere in the cause chain; null for other failures. */
    private static @Nullable Problem whileReading(Throwable error) {
        Optional<Problem> problem = cause(error, MasterException.class).map(DomainProblemMapper::of);
        if (problem.isPresent()) {
            return problem.get();
        }
        if (cause(error, SocketTimeoutException.class).isPresent()) {
            return Problem.of(ProblemType.REQUEST_TIMEOUT, "The body paused for longer than the limit.")
                    .header("Connection", "close");
        }
        if (cause(error, BadRequestException.class).isPresent()) {
            return malformed("The body has invalid HTTP framing.");
        }
        if (cause(error, InvalidParameterException.class).isPresent()
                || cause(error, RequestRejectedException.class).isPresent()) {
            return malformed("The query or a header can't be read.");
        }
        return error instanceof HttpMessageNotReadableException
                ? cause(error, JacksonException.class)
                        .map(JsonProblemMapper::of)
                        .orElse(null)
                : null;
    }

    private static Problem status(ErrorResponse error, String requestId) {
        Problem problem = ProblemType.ofStatus(error.getStatusCode().value())
                .map(type -> Problem.of(type, String.valueOf(error.getBody().getDetail())))
                .orElseGet(() -> internal(requestId));
        String allow = error.getHeaders().getFirst(HttpHeaders.ALLOW);
        return allow == null ? problem : problem.header(HttpHeaders.ALLOW, withHead(allow));
    }

    /** Spring serves HEAD for every GET, but does not list it in {@code Allow}. */
    private static String withHead(String allow) {
        List<String> methods = List.of(allow.split(",\\s*"));
        return methods.contains("GET") && !methods.contains("HEAD") ? allow + ", HEAD" : allow;
    }

    private static Problem invalid(@Nullable FieldError field) {
        return field == null
                ? malformed("The request is not valid.")
                : malformedField(field.getField(), field.getField() + ": " + field.getDefaultMessage());
    }

    private static String wrongType(@Nullable String name) {
        return "The parameter '" + name + "' has a value of the wrong type.";
    }

    private static Problem malformed(String detail) {
        return Problem.of(ProblemType.MALFORMED_REQUEST, detail);
    }

    private static Problem malformedField(@Nullable String field, String detail) {
        return malformed(detail).with("field", field);
    }

    static <T extends Throwable> Optional<T> cause(Throwable error, Class<T> type) {
        Throwable each = error;
        for (int depth = 0; each != null && depth < 20; depth++) {
            if (type.isInstance(each)) {
                return Optional.of(type.cast(each));
            }
            each = each.getCause();
        }
        return Optional.empty();
    }
}
