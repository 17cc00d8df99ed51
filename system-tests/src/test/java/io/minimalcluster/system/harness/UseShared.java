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
 * Lets the tests of a class take {@link QuietMaster}, {@link Cluster}, {@link MasterProcess} or {@link Browser} as
 * parameters. Each is started once for all classes. A lock prevents concurrent use by several classes.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedProcesses.class)
@ResourceLock(providers = UseShared.Locks.class)
public @interface UseShared {
    /** The shared processes. */
    Class<?>[] value();

    /** The number of the {@link Cluster}, 1 or 2. There are two, because many classes use one. */
    int cluster() default 1;

    /** A lock for each shared process. */
    final class Locks implements ResourceLocksProvider {
        @Override
        public Set<Lock> provideForClass(Class<?> testClass) {
            UseShared used = testClass.getAnnotation(UseShared.class);
            return Arrays.stream(used.value())
                    .map(type -> new Lock(name(used, type)))
                    .collect(toSet());
        }

        /** The unique name of a shared process. */
        static String name(UseShared used, Class<?> type) {
            return type == Cluster.class ? type.getName() + used.cluster() : type.getName();
        }
    }
}
