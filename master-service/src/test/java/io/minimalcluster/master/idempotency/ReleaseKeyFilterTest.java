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

/** A call that is repeated when its answer is about to be written, the earliest moment at which a client may repeat. */
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

    private static RawRequest call(String how, String key) throws IOException {
        return master.authorized("POST", "/api/v1/functions?how=" + how)
                .header("Idempotency-Key", key)
                .json("{}");
    }

    @ParameterizedTest
    @CsvSource({
        "entity,       201, 200",
        "by-hand,      201, 200",
        "nothing-made, 200, 200",
        "refused,      422, 422",
        "failed,       500, 500",
        "unknown,      400, 400"
    })
    void theKeyIsFreeBeforeTheAnswerLeaves(String how, int first, int second) throws IOException {
        BeforeResponse repeat = master.part(BeforeResponse.class);
        repeat.call(() -> call(how, "key-" + how).send());

        assertThat(call(how, "key-" + how).send().status()).isEqualTo(first);

        RawResponse repeated = Objects.requireNonNull(repeat.answer());
        assertThat(repeated.status()).as("%s", repeated).isEqualTo(second);
        assertThat(call(how, "key-" + how).send().status()).isEqualTo(second);
    }

    @Test
    void anAnswerWithoutABodyFreesTheKeyToo() throws IOException {
        assertThat(call("empty", "key-empty").send().status()).isEqualTo(204);
        assertThat(call("empty", "key-empty").send().status()).isEqualTo(204);
    }

    @RestController
    static class Things {
        private final Store store;

        Things(Store store) {
            this.store = store;
        }

        @PostMapping("/api/v1/functions")
        @Nullable
        ResponseEntity<Object> make(IdempotentCall call, @RequestParam String how, HttpServletResponse response)
                throws IOException {
            Optional<String> earlier = call.earlier();
            return switch (how) {
                case "nothing-made" -> ResponseEntity.ok(Map.of("made", "nothing"));
                case "refused" -> throw new MasterException.InvalidOption("how", "anything else", "It is refused.");
                case "failed" -> throw new IllegalStateException("failed on purpose");
                case "empty" -> ResponseEntity.noContent().build();
                case "entity" -> ResponseEntity.status(made(call, earlier)).body(Map.of("made", how));
                case "by-hand" -> {
                    response.setStatus(made(call, earlier).value());
                    response.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));
                    response.getOutputStream().flush();
                    yield null;
                }
                default -> throw new MasterException.Malformed("There is no such thing.");
            };
        }

        private HttpStatus made(IdempotentCall call, Optional<String> earlier) throws IOException {
            if (earlier.isPresent()) {
                return HttpStatus.OK;
            }
            Receipt receipt = call.finish();
            store.writeAndWait(sql -> {
                receipt.keep(sql, "thing");
                return 1;
            });
            return HttpStatus.CREATED;
        }
    }
}
