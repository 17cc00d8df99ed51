package io.minimalcluster.chaos.check;

/** The invariants of a cluster. Numbers and titles are those of the documentation. */
public enum Invariant {
    I1("no lost accept"),
    I2("no lost result"),
    I3("one outcome per task"),
    I5("conservation"),
    I6("progress"),
    I7("bounded retries"),
    I9("no entry"),
    I10("bounded resources"),
    I11("idempotence"),
    I12("unknown is honest");

    private final String title;

    Invariant(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
