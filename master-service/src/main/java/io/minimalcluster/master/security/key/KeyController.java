package io.minimalcluster.master.security.key;

import io.minimalcluster.master.error.MasterException.Conflict;
import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.http.AdditionalQueryParameters;
import io.minimalcluster.master.http.Links;
import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.Role;
import io.minimalcluster.model.Page;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Endpoints for stored keys. */
@RestController
@RequestMapping("/api/v1/keys")
class KeyController {
    private static final Logger log = LoggerFactory.getLogger(KeyController.class);

    private final StoredKeys keys;
    private final KeyRing ring;

    KeyController(StoredKeys keys, KeyRing ring) {
        this.keys = keys;
        this.ring = ring;
    }

    @PostMapping
    ResponseEntity<KeyView> make(Caller caller, @RequestBody NewKey key) {
        if (key.name() == null || !KeyName.isValid(key.name())) {
            throw Malformed.field("name", "A name has " + KeyName.FORMAT + ".");
        }
        if (ring.isTaken(key.name())) {
            throw new Conflict("The key " + key.name() + " already exists.", "EXISTS");
        }
        KeyView created = keys.add(caller, key.name(), role(key.role()), key.expiresAt(), KeyRing.newSecret());
        log.info("event=key.created name={} role={} by={}", created.name(), created.role(), caller.owner());
        return ResponseEntity.created(Links.to("/api/v1/keys/" + created.name()))
                .body(created);
    }

    private static Role role(@Nullable String text) {
        return Arrays.stream(Role.values())
                .filter(role -> role.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> Malformed.field("role", "role is client, worker, observer or admin."));
    }

    @GetMapping
    @AdditionalQueryParameters({"limit", "after"})
    Page<KeyView> list(PageRequest page) {
        return keys.list(page);
    }

    @DeleteMapping("/{name}")
    ResponseEntity<Void> revoke(Caller caller, @PathVariable String name) {
        keys.delete(name);
        log.info("event=key.revoked name={} by={}", name, caller.owner());
        return ResponseEntity.noContent().build();
    }
}
