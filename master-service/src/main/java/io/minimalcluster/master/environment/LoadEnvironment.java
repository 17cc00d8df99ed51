package io.minimalcluster.master.environment;

import io.minimalcluster.master.idempotency.Receipt;
import io.minimalcluster.master.problem.MasterException.CompilationFailed;
import io.minimalcluster.master.problem.MasterException.InsufficientStorage;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.store.Room;
import io.minimalcluster.model.environment.CheckedEnvironment;
import io.minimalcluster.model.environment.Environment;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes sources in: compiled once for each content, and kept. */
@Component
public class LoadEnvironment {
    private static final Logger log = LoggerFactory.getLogger(LoadEnvironment.class);

    private final Environments environments;
    private final Compiler compiler;
    private final Room room;

    LoadEnvironment(Environments environments, Compiler compiler, Room room) {
        this.environments = environments;
        this.compiler = compiler;
        this.room = room;
    }

    /** The environment, and whether it is new to the caller. */
    Loaded load(Caller caller, @Nullable String name, ReadyEnvironment ready, Receipt receipt) {
        boolean isNew = environments.add(caller, name, ready, receipt);
        if (isNew) {
            log.info("event=environment.loaded environment={} owner={}", ready.id(), caller.owner());
        }
        return new Loaded(environments.get(caller, ready.id()), isNew);
    }

    /**
     * What the sources make, to be kept by {@link #keep}; nothing is yet.
     *
     * @throws InsufficientStorage if there is no room for anything new
     */
    public ReadyEnvironment ready(Map<String, String> sources) {
        room.check();
        Content content = Content.of(sources);
        return environments.has(content.id()) ? known(content) : compiled(content);
    }

    /** The same with files, which are in the upload for as long as it is open. */
    ReadyEnvironment ready(Content content, Upload upload) throws IOException {
        if (environments.has(content.id())) {
            return known(content);
        }
        CompiledBundle compiled = compiler.compile(content);
        return ReadyEnvironment.made(content, compiled, Bundle.of(compiled.bundle(), content, upload));
    }

    private ReadyEnvironment known(Content content) {
        return ReadyEnvironment.known(content, environments.functions(content.id()));
    }

    private ReadyEnvironment compiled(Content content) {
        CompiledBundle compiled = compiler.compile(content);
        return ReadyEnvironment.made(content, compiled, Bundle.of(compiled.bundle()));
    }

    /** Keeps it for the caller, without a name, in a transaction that keeps more. */
    public void keep(JdbcClient sql, Caller caller, ReadyEnvironment ready) {
        if (environments.add(sql, caller, null, ready)) {
            log.info("event=environment.loaded environment={} owner={}", ready.id(), caller.owner());
        }
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
