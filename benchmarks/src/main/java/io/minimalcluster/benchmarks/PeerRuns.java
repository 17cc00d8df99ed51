package io.minimalcluster.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The measurements of other systems.
 *
 * @param measured the measurements of the systems that did not fail, by their names
 */
record PeerRuns(SequencedMap<String, List<Measurement>> measured, List<PeerSystem> failed) {
    /** Measures a system. */
    @FunctionalInterface
    interface Run {
        List<Measurement> measure(PeerSystem system) throws IOException;
    }

    /** Measures one system after another. A failure is printed, and the next system follows. */
    static PeerRuns of(Collection<PeerSystem> systems, Run run, PrintStream out) {
        PeerRuns runs = new PeerRuns(new LinkedHashMap<>(), new ArrayList<>());
        for (PeerSystem system : systems) {
            out.println();
            out.println("measuring " + system.label());
            try {
                runs.measured.put(system.label(), run.measure(system));
            } catch (IOException | RuntimeException e) {
                runs.failed.add(system);
                out.println(system.label() + " failed: " + e.getMessage());
            }
        }
        return runs;
    }
}
