package io.minimalcluster.master.result.read;

import io.minimalcluster.master.error.MasterException.NotAcceptable;
import java.util.List;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/** The forms in which results are given. */
public enum ResultFormat {
    /** A line of JSON each. */
    LINES(ResultFormat.NDJSON),
    /** An object with a list, and where to go on. */
    PAGE(MediaType.APPLICATION_JSON_VALUE),
    CSV(ResultFormat.TEXT_CSV);

    static final String NDJSON = MediaType.APPLICATION_NDJSON_VALUE;
    static final String TEXT_CSV = "text/csv";

    private final String type;

    ResultFormat(String type) {
        this.type = type;
    }

    /** What is accepted most; lines where anything is. */
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

    /** The header Content-Type. */
    String contentType() {
        return this == CSV ? "text/csv;charset=UTF-8;header=present" : type;
    }
}
