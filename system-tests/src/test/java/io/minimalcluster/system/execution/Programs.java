package io.minimalcluster.system.execution;

/** User code that several tests run. */
final class Programs {
    /** Fails in every way there is, by the number it is given; else gives it back. */
    static final String PERILS = """
            int peril(int x) throws Exception {
                switch (x) {
                    case 1 -> throw new IllegalStateException("boom " + x);
                    case 2 -> System.exit(0);
                    case 3 -> Runtime.getRuntime().halt(7);
                    case 4 -> { var all = new ArrayList<long[]>(); while (true) { all.add(new long[1 << 20]); } }
                    case 5 -> { while (true) { Thread.onSpinWait(); } }
                    case 6 -> { return deep(x); }
                    default -> { return x; }
                }
                return -1;
            }

            int deep(int x) {
                return deep(x + 1) + 1;
            }
            """;

    private Programs() {}
}
