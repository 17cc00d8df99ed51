package io.minimalcluster.master.function;

import io.minimalcluster.master.environment.FunctionLookup;
import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.http.AdditionalQueryParameters;
import io.minimalcluster.master.http.Links;
import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.idempotency.IdempotentCall;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.Page;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.function.NewFunction;
import io.minimalcluster.model.function.RegisteredFunction;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Endpoints of registered functions. */
@RestController
@RequestMapping("/api/v1/functions")
class FunctionController {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.$-]{0,127}");

    private final Functions functions;
    private final FunctionLookup lookup;

    FunctionController(Functions functions, FunctionLookup lookup) {
        this.functions = functions;
        this.lookup = lookup;
    }

    @PostMapping
    ResponseEntity<RegisteredFunction> register(Caller caller, IdempotentCall call, @RequestBody NewFunction function)
            throws IOException {
        Optional<String> earlier = call.earlier();
        if (earlier.isPresent()) {
            return ResponseEntity.ok(functions.get(caller, earlier.get()));
        }
        if (function.environmentId() == null) {
            throw Malformed.field("environmentId", "environmentId is missing.");
        }
        if (function.method() == null) {
            throw Malformed.field("method", "method is missing.");
        }
        TargetFunction target = lookup.find(caller, function.environmentId(), function.method());
        String name = function.name() == null ? target.name() : function.name();
        if (!NAME.matcher(name).matches()) {
            throw Malformed.field("name", "A name has 1 to 128 letters, digits, '_', '.', '$' or '-'.");
        }
        RegisteredFunction registered =
                functions.register(caller, name, function.environmentId(), target, call.finish());
        return ResponseEntity.created(UriComponentsBuilder.fromPath(Links.prefix() + "/api/v1/functions/{name}")
                        .build(name))
                .body(registered);
    }

    @GetMapping
    @AdditionalQueryParameters({"limit", "after"})
    Page<RegisteredFunction> list(Caller caller, PageRequest page) {
        return functions.list(caller, page);
    }

    @GetMapping("/{name}")
    RegisteredFunction get(Caller caller, @PathVariable String name) {
        return functions.get(caller, name);
    }

    @DeleteMapping("/{name}")
    ResponseEntity<Void> delete(Caller caller, @PathVariable String name) {
        functions.delete(caller, name);
        return ResponseEntity.noContent().build();
    }
}
