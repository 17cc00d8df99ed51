package io.minimalcluster.master.environment;

import io.minimalcluster.master.environment.compile.CompiledBundle;
import io.minimalcluster.master.environment.compile.CompilerClient;
import io.minimalcluster.master.environment.upload.PostedContent;
import io.minimalcluster.master.environment.upload.UploadFolder;
import io.minimalcluster.master.error.MasterException.CompilationFailed;
import io.minimalcluster.master.error.MasterException.InsufficientStorage;
import io.minimalcluster.master.error.MasterException.Malformed;
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

/** Compiles and stores environments. Equal content is compiled once. */
@Component
public class LoadEnvironment {
    private static final Logger log = LoggerFactory.getLogger(LoadEnvironment.class);

    private static final int MAX_NAME = 200;

    private final Environments environments;
    private final CompilerClient compiler;
    private final DiskSpaceGuard diskSpace;

    LoadEnvironment(Environments environments, CompilerClient compiler, DiskSpaceGuard diskSpace) {
        this.environments = environments;
        this.compiler = compiler;
        this.diskSpace = diskSpace;
    }

    /** Stores a prepared environment for the caller. */
    Loaded load(Caller caller, @Nullable String name, PreparedEnvironment prepared, Receipt receipt) {
        if (name != null && (name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl))) {
            throw Malformed.field("name", "A name has at most " + MAX_NAME + " characters, and no control characters.");
        }
        boolean isNew = environments.add(caller, name, prepared, receipt);
        if (isNew) {
            log.info("event=environment.loaded environment={} owner={}", prepared.id(), caller.owner());
        }
        return new Loaded(environments.get(caller, prepared.id()), isNew);
    }

    /**
     * Compiles the sources unless their content is stored. Stores nothing; see {@link #keep}.
     *
     * @throws InsufficientStorage if the disk space is too low
     */
    public PreparedEnvironment ready(Map<String, String> sources) {
        diskSpace.check();
        PostedContent content = PostedContent.of(sources);
        return environments.has(content.id()) ? known(content) : compiled(content);
    }

    /** Compiles content with files. The files belong to the upload, which must stay open. */
    PreparedEnvironment ready(PostedContent content, UploadFolder upload) throws IOException {
        if (environments.has(content.id())) {
            return known(content);
        }
        CompiledBundle compiled = compiler.compile(content);
        return PreparedEnvironment.made(content, compiled, Bundle.of(compiled.bundle(), content, upload));
    }

    private PreparedEnvironment known(PostedContent content) {
        return new PreparedEnvironment(content, environments.functions(content.id()), null);
    }

    private PreparedEnvironment compiled(PostedContent content) {
        CompiledBundle compiled = compiler.compile(content);
        return PreparedEnvironment.made(content, compiled, Bundle.of(compiled.bundle()));
    }

    /** Stores the environment for the caller, without a name, in an open transaction. */
    public void keep(JdbcClient sql, Caller caller, PreparedEnvironment prepared) {
        if (environments.add(sql, caller, null, prepared)) {
            log.info("event=environment.loaded environment={} owner={}", prepared.id(), caller.owner());
        }
    }

    /** Compiles the content and returns its functions, or the errors of the compiler. Stores nothing. */
    CheckedEnvironment check(PostedContent content) {
        try {
            CompiledBundle compiled = compiler.compile(content);
            return new CheckedEnvironment(compiled.functions(), compiled.warnings());
        } catch (CompilationFailed e) {
            return new CheckedEnvironment(List.of(), e.diagnostics());
        }
    }

    /** A stored environment, and whether it is new to the caller. */
    record Loaded(Environment environment, boolean isNew) {}
}
