package io.minimalcluster.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.UseShared;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@UseShared(QuietMaster.class)
class KeysIT {
    private final QuietMaster master;
    private final String name = "key-" + UUID.randomUUID();

    KeysIT(QuietMaster master) {
        this.master = master;
    }

    private JsonNode create(String role) {
        return master.admin()
                .post("/keys", "{\"name\":\"" + name + "\",\"role\":\"" + role + "\"}")
                .expect(201)
                .json();
    }

    private Api with(JsonNode key) {
        return Api.of(master.url(), key.path("secret").asString());
    }

    @Test
    void newKeyPermitsTheCallsOfItsRoleOnly() {
        Api client = with(create("client"));

        client.get("/jobs").expect(200);
        client.get("/keys").problem(403, "forbidden");
        client.post("/workers", "{}").problem(403, "forbidden");
    }

    @Test
    void secretIsReturnedOnceWith256Bits() {
        JsonNode key = create("observer");

        assertThat(key.path("secret").asString()).hasSizeGreaterThanOrEqualTo(43); // 256 bits
        JsonNode listed = master.admin().get("/keys").expect(200).json().path("items");
        assertThat(listed)
                .filteredOn(one -> one.path("name").asString().equals(name))
                .singleElement()
                .satisfies(one -> assertThat(one.has("secret")).isFalse());
        assertThat(master.tail()).doesNotContain(key.path("secret").asString());
    }

    @Test
    void revokedKeyIsRejected() {
        JsonNode key = create("client");
        with(key).get("/jobs").expect(200);

        master.admin().delete("/keys/" + name).expect(204);

        Await.until("the key to be refused", () -> with(key).get("/jobs").status() == 401);
        master.admin().delete("/keys/" + name).problem(404, "not-found");
    }

    @Test
    void expiredKeyIsRejected() {
        Instant soon = Instant.now().plus(Duration.ofSeconds(5));
        JsonNode key = master.admin()
                .post("/keys", "{\"name\":\"" + name + "\",\"role\":\"client\",\"expiresAt\":\"" + soon + "\"}")
                .expect(201)
                .json();

        Await.until("the key to be refused", () -> with(key).get("/jobs").status() == 401);
        assertThat(Instant.now()).isAfter(soon);
    }

    @Test
    void duplicateNameIsAConflict() {
        create("client");

        master.admin()
                .post("/keys", "{\"name\":\"" + name + "\",\"role\":\"admin\"}")
                .problem(409, "conflict");
        master.admin().post("/keys", "{\"name\":\"alice\",\"role\":\"admin\"}").problem(409, "conflict");
    }

    @Test
    void keyOfTheSettingsCannotBeRevoked() {
        master.admin().delete("/keys/alice").problem(404, "not-found");

        master.alice().get("/jobs").expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a b\",\"role\":\"client\"}",
                "{\"name\":\"\",\"role\":\"client\"}",
                "{\"role\":\"client\"}",
                "{\"name\":\"x\",\"role\":\"root\"}",
                "{\"name\":\"x\"}",
                "{\"name\":\"x\",\"role\":\"client\",\"secret\":\"mine\"}",
                "{\"name\":\"x\",\"role\":\"client\",\"expiresAt\":\"tomorrow\"}",
                "null",
                ""
            })
    void invalidKeyRequestIsRejected(String body) {
        master.admin().post("/keys", body).problem(400, "malformed-request");
    }

    @Test
    void expiryInThePastIsRejected() {
        JsonNode problem = master.admin()
                .post("/keys", "{\"name\":\"" + name + "\",\"role\":\"client\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}")
                .problem(422, "invalid-option");

        assertThat(problem.path("field").asString()).isEqualTo("expiresAt");
    }
}
