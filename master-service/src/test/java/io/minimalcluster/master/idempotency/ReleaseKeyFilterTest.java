package io.minimalcluster.master.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.web.BeforeResponse;
import io.minimalcluster.web.RawRequest;
import io.minimalcluster.web.RawResponse;
import io.minimalcluster.web.RunningMaster;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Repetition of a request just before its response is written, the earliest moment at which a client may retry. */
class ReleaseKeyFilterTest {
    @TempDir
    static Path data;

    static RunningMaster master;

    @BeforeAll
    static void start() {
        master = RunningMaster.start(data);
    }

    @AfterAll
    static void stop() {
        master.close();
    }

    private static RawRequest call(String mode, String key) throws IOException {
        return master.authorized("POST", "/api/v1/functions?mode=" + mode)
                .header("Idempotency-Key", key)
                .json("{}");
    }

    @ParameterizedTest
    @CsvSource({
        "entity,          201, 200",
        "direct,          201, 200",
        "nothing-created, 200, 200",
        "rejected,        422, 422",
        "failed,          500, 500",
        "unknown,         400, 400"
    })
    void keyIsReleasedBeforeTheResponseIsSent(String mode, int first, int second) throws IOException {
        BeforeResponse repeat = master.bean(BeforeResponse.class);
        repeat.call(() -> call(mode, "key-" + mode).send());

        assertThat(call(mode, "key-" + mode).send().status()).isEqualTo(first);

        RawResponse repeated = Objects.requireNonNull(repeat.response());
        assertThat(repeated.status()).as("%s", repeated).isEqualTo(second);
        assertThat(call(mode, "key-" + mode).send().status()).isEqualTo(second);
    }

    @Test
    void responseWithoutABodyReleasesTheKey() throws IOException {
        assertThat(call("empty", "key-empty").send().status()).isEqualTo(204);
        assertThat(call("empty", "key-empty").send().status()).isEqualTo(204);
    }

    @RestController
    static class ResourceController {
        private final Store store;

        ResourceController(Store store) {
            this.store = store;
        }

        @PostMapping("/api/v1/functions")
        @Nullable
        ResponseEntity<Object> post(IdempotentCall call, @RequestParam String mode, HttpServletResponse response)
                throws IOException {
            Optional<String> earlier = call.earlier();
            return switch (mode) {
                case "nothing-created" -> ResponseEntity.ok(Map.of("created", "nothing"));
                case "rejected" -> throw new MasterException.InvalidOption("mode", "anything else", "It is rejected.");
                case "failed" -> throw new IllegalStateException("failed on purpose");
                case "empty" -> ResponseEntity.noContent().build();
                case "entity" -> ResponseEntity.status(create(call, earlier)).body(Map.of("created", mode));
                case "direct" -> {
                    response.setStatus(create(call, earlier).value());
                    response.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));
                    response.getOutputStream().flush();
                    yield null;
                }
                default -> throw new MasterException.Malformed("There is no such mode.");
            };
        }

        private HttpStatus create(IdempotentCall call, Optional<String> earlier) throws IOException {
            if (earlier.isPresent()) {
                return HttpStatus.OK;
            }
            Receipt receipt = call.finish();
            store.writeAndWait(sql -> {
                receipt.keep(sql, "resource");
                return 1;
            });
            return HttpStatus.CREATED;
        }
    }
}
