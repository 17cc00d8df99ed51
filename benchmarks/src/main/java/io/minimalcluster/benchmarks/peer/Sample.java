package io.minimalcluster.benchmarks.peer;

/**
 * A run of a workload.
 *
 * @param total a number that the values are checked by
 */
public record Sample(long total, double seconds) {
    @Override
    public String toString() {
        return total + ":" + seconds;
    }

    static Sample of(String text) {
        int colon = text.indexOf(':');
        return new Sample(Long.parseLong(text.substring(0, colon)), Double.parseDouble(text.substring(colon + 1)));
    }
}
