package io.minimalcluster.master.monitoring;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import org.springframework.stereotype.Component;

/** Metric of the memory that the threads of this process have allocated, which does not depend on collections. */
@Component
final class AllocationMetrics {
    AllocationMetrics(MeterRegistry registry) {
        if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads) {
            FunctionCounter.builder("minimalcluster.allocated", threads, ThreadMXBean::getTotalThreadAllocatedBytes)
                    .baseUnit("bytes")
                    .description("Memory allocated by all threads")
                    .register(registry);
        }
    }
}
