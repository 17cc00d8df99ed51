package io.minimalcluster.master.environment;

import io.minimalcluster.master.problem.MasterException.CompilationFailed;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.environment.CheckedEnvironment;
import io.minimalcluster.model.environment.Environment;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes sources in: compiled once for each content, and kept. */
@Component
class LoadEnvironment {
    private static final Logger log = LoggerFactory.getLogger(LoadEnvironment.class);

    private final Environments environments;
    private final Compiler compiler;

    LoadEnvironment(Environments environments, Compiler compiler) {
        this.environments = environments;
        this.compiler = compiler;
    }

    /** The environment, and whether it is new to the caller. */
    Loaded load(Caller caller, @Nullable String name, Map<String, String> sources) {
        Content content = Content.of(sources);
        if (environments.has(content.id())) {
            return loaded(caller, content, environments.addOwner(caller, name, content.id()));
        }
        CompiledBundle compiled = compiler.compile(content);
        Bundle bundle = Bundle.of(compiled.bundle());
        return loaded(caller, content, environments.add(caller, name, content, compiled, bundle));
    }

    /** The same with files, which are in the upload. */
    Loaded load(Caller caller, @Nullable String name, Content content, Upload upload) throws IOException {
        if (environments.has(content.id())) {
            return loaded(caller, content, environments.addOwner(caller, name, content.id()));
        }
        CompiledBundle compiled = compiler.compile(content);
        Bundle bundle = Bundle.of(compiled.bundle(), content, upload);
        return loaded(caller, content, environments.add(caller, name, content, compiled, bundle));
    }

    private Loaded loaded(Caller caller, Content content, boolean isNew) {
        if (isNew) {
            log.info("environment loaded id={} owner={}", content.id(), caller.owner());
        }
        return new Loaded(environments.get(caller, content.id()), isNew);
    }

    /** What would be there, or what the compiler has against it; keeps nothing. */
    CheckedEnvironment check(Content content) {
        try {
            CompiledBundle compiled = compiler.compile(content);
            return new CheckedEnvironment(compiled.functions(), compiled.warnings());
        } catch (CompilationFailed e) {
            return new CheckedEnvironment(List.of(), e.diagnostics());
        }
    }

    /** An environment, and whether it is new. */
    record Loaded(Environment environment, boolean isNew) {}
}
