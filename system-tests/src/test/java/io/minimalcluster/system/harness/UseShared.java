package io.minimalcluster.system.harness;

import static java.util.stream.Collectors.toSet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/**
 * Lets the tests of a class take {@link QuietMaster}, {@link Cluster} or {@link MasterProcess} as parameters. Each is
 * started once for all classes. A lock prevents concurrent use by several classes.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedProcesses.class)
@ResourceLock(providers = UseShared.Locks.class)
public @interface UseShared {
    /** The shared processes. */
    Class<?>[] value();

    /** A lock for each shared process. */
    final class Locks implements ResourceLocksProvider {
        @Override
        public Set<Lock> provideForClass(Class<?> testClass) {
            return Arrays.stream(testClass.getAnnotation(UseShared.class).value())
                    .map(type -> new Lock(type.getName()))
                    .collect(toSet());
        }
    }
}
