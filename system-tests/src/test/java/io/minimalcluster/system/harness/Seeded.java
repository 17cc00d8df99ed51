package io.minimalcluster.system.harness;

import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Injects a {@link Chance} with a random seed. The seed is reported and part of the failure message.
 * {@code -Dminimalcluster.test.seed=} sets it.
 */
public final class Seeded implements ParameterResolver, TestExecutionExceptionHandler {
    private static final Namespace NAMESPACE = Namespace.create(Seeded.class);
    private static final String PROPERTY = "minimalcluster.test.seed";

    /** A seeded source of random numbers. */
    public record Chance(long seed, SplittableRandom random) {
        /** Returns a number from {@code from} (inclusive) to {@code to} (exclusive). */
        public int between(int from, int to) {
            return random.nextInt(from, to);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Chance.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Long given = Long.getLong(PROPERTY);
        long seed = given != null ? given : new SplittableRandom().nextLong(1_000_000_000);
        context.getStore(NAMESPACE).put(PROPERTY, seed);
        context.publishReportEntry("seed", context.getDisplayName() + " -D" + PROPERTY + "=" + seed);
        return new Chance(seed, new SplittableRandom(seed));
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        Long seed = context.getStore(NAMESPACE).get(PROPERTY, Long.class);
        if (seed == null) {
            throw failure;
        }
        throw new AssertionError("with -D" + PROPERTY + "=" + seed + ": " + failure.getMessage(), failure);
    }
}
