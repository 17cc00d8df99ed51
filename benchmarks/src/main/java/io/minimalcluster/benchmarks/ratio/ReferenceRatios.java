package io.minimalcluster.benchmarks.ratio;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;

/** The recorded ratios of the workloads. */
public final class ReferenceRatios {
    /** A ratio above the recorded one by this factor is worse. */
    static final double TOLERANCE = 1.5;

    private static final String FILE = "reference-ratios.properties";

    private final Properties recorded;

    ReferenceRatios(Properties recorded) {
        this.recorded = recorded;
    }

    /** The ratios that are recorded in the repository. */
    public static ReferenceRatios recorded() throws IOException {
        Properties properties = new Properties();
        try (InputStream file = ReferenceRatios.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("no " + FILE);
            }
            properties.load(file);
        }
        return new ReferenceRatios(properties);
    }

    double of(String workload) {
        String ratio = recorded.getProperty(workload);
        if (ratio == null) {
            throw new IllegalArgumentException(FILE + " has no ratio of " + workload);
        }
        return Double.parseDouble(ratio);
    }

    /** Formats measured ratios as the lines of the file. */
    public static String lines(Collection<RatioVerdict> verdicts) {
        return verdicts.stream()
                .map(verdict -> String.format(Locale.ROOT, "%s=%.2f%n", verdict.workload(), verdict.best()))
                .collect(Collectors.joining());
    }
}
