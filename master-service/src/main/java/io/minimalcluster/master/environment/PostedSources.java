package io.minimalcluster.master.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.master.problem.MasterException.BadFile;
import io.minimalcluster.master.problem.MasterException.Malformed;
import io.minimalcluster.master.problem.MasterException.PayloadTooLarge;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sources as they come without a form: in JSON, or one of them raw. */
@Component
final class PostedSources {
    private final EnvironmentLimits limits;
    private final Compiler compiler;

    PostedSources(EnvironmentLimits limits, Compiler compiler) {
        this.limits = limits;
        this.compiler = compiler;
    }

    /** The body as one source, whatever is in it. */
    Map<String, String> raw(HttpServletRequest request) throws IOException {
        int most = Math.toIntExact(limits.sourceBytes().bytes());
        byte[] bytes = request.getInputStream().readNBytes(most + 1);
        if (bytes.length > most) {
            throw new PayloadTooLarge(most);
        }
        try {
            return named(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            throw new Malformed("The source is not UTF-8.");
        }
    }

    /** One source under the name that it has by itself. */
    Map<String, String> named(String source) {
        return Map.of(compiler.nameOf(source), source);
    }

    /** Sources by name, if there are neither none nor too many. */
    Map<String, String> check(@Nullable Map<String, String> sources) {
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
        return sources;
    }
}
