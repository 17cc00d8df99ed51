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

/** Sources as they are posted, within their bounds. */
@Component
public class PostedSources {
    private final EnvironmentLimits limits;
    private final CompilerClient compiler;

    PostedSources(EnvironmentLimits limits, CompilerClient compiler) {
        this.limits = limits;
        this.compiler = compiler;
    }

    /** A source that is the whole of a body, or of a part of one. */
    public String read(InputStream body) throws IOException {
        int most = Math.toIntExact(limits.sourceBytes().bytes());
        byte[] bytes = body.readNBytes(most + 1);
        if (bytes.length > most) {
            throw new PayloadTooLarge(most);
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("The source is not UTF-8.");
        }
    }

    /** A source that came without a name, under that which it has by itself: its public class's, or Main. */
    public Map<String, String> named(String source) {
        return Map.of(compiler.nameOf(source), source);
    }

    /** Refuses none, too many, or too long ones. */
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
