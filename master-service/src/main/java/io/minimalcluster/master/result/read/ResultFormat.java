package io.minimalcluster.master.result.read;

import io.minimalcluster.master.error.MasterException.NotAcceptable;
import java.util.List;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/** Response formats of results. */
public enum ResultFormat {
    /** NDJSON: one JSON object per line. */
    LINES(ResultFormat.NDJSON),
    /** A JSON object with a page of results and the cursor of the next page. */
    PAGE(MediaType.APPLICATION_JSON_VALUE),
    CSV(ResultFormat.TEXT_CSV);

    static final String NDJSON = MediaType.APPLICATION_NDJSON_VALUE;
    static final String TEXT_CSV = "text/csv";

    private final String type;

    ResultFormat(String type) {
        this.type = type;
    }

    /** Selects the format from the header {@code Accept}; NDJSON for any type. */
    static ResultFormat of(String accept) {
        try {
            List<MediaType> accepted = MediaType.parseMediaTypes(accept);
            MimeTypeUtils.sortBySpecificity(accepted);
            return accepted.stream()
                    .flatMap(type ->
                            List.of(values()).stream().filter(form -> type.includes(MediaType.valueOf(form.type))))
                    .findFirst()
                    .orElseThrow(
                            () -> new NotAcceptable("Results are application/x-ndjson, application/json or text/csv."));
        } catch (InvalidMediaTypeException e) {
            throw new NotAcceptable("The header Accept can't be read.");
        }
    }

    /** Value of the header {@code Content-Type}. */
    String contentType() {
        return this == CSV ? "text/csv;charset=UTF-8;header=present" : type;
    }
}
