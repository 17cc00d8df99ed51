package io.minimalcluster.benchmarks;

/** A running cluster of another system with two workers. Each call runs a workload and returns after all values. */
interface Peer extends AutoCloseable {
    /** A number that all values of the first tasks of Pi sum up to: points in the quarter circle. */
    long pointsInQuarterCircle(int tasks) throws Exception;

    /** Factorizes numbers, one task each. Returns the number of factors. */
    long factorize(int numbers) throws Exception;

    /** Runs tasks that return their argument. Returns the sum of the values. */
    long sameOfEach(int tasks) throws Exception;

    /** Runs one task that returns its argument. */
    long same(long argument) throws Exception;

    /** Runs tasks whose argument is a text. Returns the sum of their lengths. */
    long lengths(int tasks, String text) throws Exception;

    @Override
    void close();
}
