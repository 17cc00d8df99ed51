package io.minimalcluster.master.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.master.environment.compile.CompilerClient;
import io.minimalcluster.master.error.MasterException.BadFile;
import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.error.MasterException.PayloadTooLarge;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads posted sources and checks their limits. */
@Component
public class PostedSources {
    private final EnvironmentLimits limits;
    private final CompilerClient compiler;

    PostedSources(EnvironmentLimits limits, CompilerClient compiler) {
        this.limits = limits;
        this.compiler = compiler;
    }

    /**
     * Reads a source from a body or a part.
     *
     * @throws PayloadTooLarge if the source exceeds the limit
     * @throws Malformed if the source is not UTF-8
     */
    public String read(InputStream body) throws IOException {
        int limit = Math.toIntExact(limits.sourceBytes().bytes());
        byte[] bytes = body.readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw new PayloadTooLarge(limit);
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("The source is not UTF-8.");
        }
    }

    /** Assigns a file name to an unnamed source: the name of its public class, or Main. */
    public Map<String, String> named(String source) {
        return Map.of(compiler.nameOf(source), source);
    }

    /** Rejects missing, too many or too long sources. */
    public void check(@Nullable Map<String, String> sources) {
        if (sources == null || sources.isEmpty()) {
            throw Malformed.field("sources", "There is no source.");
        }
        if (sources.size() > EnvironmentLimits.FILES) {
            throw new BadFile("", "More than " + EnvironmentLimits.FILES + " files.");
        }
        long length = sources.values().stream().mapToLong(String::length).sum();
        if (length > limits.sourceBytes().bytes()) {
            throw new PayloadTooLarge(limits.sourceBytes().bytes());
        }
    }
}
