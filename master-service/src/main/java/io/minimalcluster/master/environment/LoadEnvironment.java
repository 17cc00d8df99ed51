package io.minimalcluster.master.environment;

import io.minimalcluster.master.environment.compile.CompiledBundle;
import io.minimalcluster.master.environment.compile.CompilerClient;
import io.minimalcluster.master.environment.upload.PostedContent;
import io.minimalcluster.master.environment.upload.UploadFolder;
import io.minimalcluster.master.error.MasterException.CompilationFailed;
import io.minimalcluster.master.error.MasterException.InsufficientStorage;
import io.minimalcluster.master.idempotency.Receipt;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.store.DiskSpaceGuard;
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
    private final CompilerClient compiler;
    private final DiskSpaceGuard diskSpace;

    LoadEnvironment(Environments environments, CompilerClient compiler, DiskSpaceGuard diskSpace) {
        this.environments = environments;
        this.compiler = compiler;
        this.diskSpace = diskSpace;
    }

    /** The environment, and whether it is new to the caller. */
    Loaded load(Caller caller, @Nullable String name, PreparedEnvironment prepared, Receipt receipt) {
        boolean isNew = environments.add(caller, name, prepared, receipt);
        if (isNew) {
            log.info("event=environment.loaded environment={} owner={}", prepared.id(), caller.owner());
        }
        return new Loaded(environments.get(caller, prepared.id()), isNew);
    }

    /**
     * What the sources make, to be kept by {@link #keep}; nothing is yet.
     *
     * @throws InsufficientStorage if there is no room for anything new
     */
    public PreparedEnvironment ready(Map<String, String> sources) {
        diskSpace.check();
        PostedContent content = PostedContent.of(sources);
        return environments.has(content.id()) ? known(content) : compiled(content);
    }

    /** The same with files, which are in the upload for as long as it is open. */
    PreparedEnvironment ready(PostedContent content, UploadFolder upload) throws IOException {
        if (environments.has(content.id())) {
            return known(content);
        }
        CompiledBundle compiled = compiler.compile(content);
        return PreparedEnvironment.made(content, compiled, Bundle.of(compiled.bundle(), content, upload));
    }

    private PreparedEnvironment known(PostedContent content) {
        return PreparedEnvironment.known(content, environments.functions(content.id()));
    }

    private PreparedEnvironment compiled(PostedContent content) {
        CompiledBundle compiled = compiler.compile(content);
        return PreparedEnvironment.made(content, compiled, Bundle.of(compiled.bundle()));
    }

    /** Keeps it for the caller, without a name, in a transaction that keeps more. */
    public void keep(JdbcClient sql, Caller caller, PreparedEnvironment prepared) {
        if (environments.add(sql, caller, null, prepared)) {
            log.info("event=environment.loaded environment={} owner={}", prepared.id(), caller.owner());
        }
    }

    /** What would be there, or what the compiler has against it; keeps nothing. */
    CheckedEnvironment check(PostedContent content) {
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
