package io.minimalcluster.chaos.job;

/** The behaviour of tasks. The value follows from the argument; some arguments cause a failure. */
public enum TaskBehaviour {
    CALM("calm", 10),
    FAILS("fails", 10),
    CRASHES("crashes", 3),
    SLEEPS("sleeps", 10);

    /** The source of the environment with the same behaviour. */
    public static final String SOURCE = """
            String calm(long x) throws InterruptedException {
                Thread.sleep(Math.floorMod(x, 5) == 0 ? 40 : 2);
                return value(x);
            }

            String fails(long x) throws InterruptedException {
                if (Math.floorMod(x, 17) == 3) { throw new IllegalStateException("not " + x); }
                return calm(x);
            }

            String crashes(long x) throws InterruptedException {
                if (Math.floorMod(x, 50) == 7) { Runtime.getRuntime().halt(3); }
                return calm(x);
            }

            String sleeps(long x) throws InterruptedException {
                Thread.sleep(2500);
                return value(x);
            }

            private static String value(long x) {
                long mixed = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
                mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
                return Long.toHexString(mixed ^ (mixed >>> 31)).repeat((int) Math.floorMod(x, 9) + 1);
            }
            """;

    private final String method;
    private final int attempts;

    TaskBehaviour(String method, int attempts) {
        this.method = method;
        this.attempts = attempts;
    }

    String method() {
        return method;
    }

    int attempts() {
        return attempts;
    }

    ExpectedOutcome expected(long x) {
        if (this == FAILS && Math.floorMod(x, 17) == 3) {
            return new ExpectedOutcome.Failure("exception");
        }
        return this == CRASHES && isPoison(x) ? new ExpectedOutcome.Failure("crash") : value(x);
    }

    /** Whether {@link #CRASHES} ends its process with this argument. */
    public static boolean isPoison(long x) {
        return Math.floorMod(x, 50) == 7;
    }

    private static ExpectedOutcome value(long x) {
        long mixed = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        String hex = Long.toHexString(mixed ^ (mixed >>> 31));
        return new ExpectedOutcome.Value("\"" + hex.repeat(Math.floorMod(x, 9) + 1) + "\"");
    }
}
