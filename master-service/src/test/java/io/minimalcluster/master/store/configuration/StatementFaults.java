package io.minimalcluster.master.store.configuration;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * When the statements of a store fail, those that begin and commit among them. Numbers them from 1 once it is told to.
 */
public final class StatementFaults {
    private static final Failure BROKEN = new Failure("", "[SQLITE_IOERR] made to fail", false);

    private final Object lock = new Object();
    // guarded by the lock
    private Plan plan = Plan.NONE;
    private int seen;
    private int failed;

    /** What goes wrong. */
    public enum Kind {
        /** The statement is not run. */
        BEFORE,
        /** It is run, and reported as failed: of a commit nobody knows then whether it happened. */
        AFTER
    }

    /** From the statement of this number on, that one alone or all that follow. */
    public void begin(int number, Kind kind, boolean forEver) {
        begin(new Plan(number, forEver ? Integer.MAX_VALUE : number, 1, kind, BROKEN));
    }

    /** Each third commit finds that another transaction was in its way, as servers say it. */
    public void collideEveryThirdTime(String sqlState) {
        begin(new Plan(3, Integer.MAX_VALUE, 3, Kind.BEFORE, new Failure(sqlState, "could not serialize", true)));
    }

    /** The next commit happens, and is reported as failed. */
    public void keepNextCommitSecret() {
        begin(new Plan(1, 1, 1, Kind.AFTER, new Failure("", BROKEN.message(), true)));
    }

    private void begin(Plan next) {
        synchronized (lock) {
            plan = next;
            seen = 0;
            failed = 0;
        }
    }

    public void end() {
        synchronized (lock) {
            plan = Plan.NONE;
        }
    }

    /** How often a statement was made to fail since it began. */
    public int failures() {
        synchronized (lock) {
            return failed;
        }
    }

    Connection on(Connection real) {
        return proxy(Connection.class, (_, method, args) -> {
            Object made = call(real, method, args);
            return made instanceof PreparedStatement statement && args != null && args[0] instanceof String text
                    ? on(statement, text)
                    : made;
        });
    }

    private PreparedStatement on(PreparedStatement real, String text) {
        return proxy(PreparedStatement.class, (_, method, args) -> {
            if (!method.getName().startsWith("execute")) {
                return call(real, method, args);
            }
            Kind kind = next(text) ? plan().kind() : null;
            if (kind == Kind.BEFORE) {
                throw failure();
            }
            Object done = call(real, method, args);
            if (kind == Kind.AFTER) {
                throw failure();
            }
            return done;
        });
    }

    private Plan plan() {
        synchronized (lock) {
            return plan;
        }
    }

    private SQLException failure() {
        Failure failure = plan().failure();
        return new SQLException(failure.message(), failure.sqlState());
    }

    /** Counts the statement; true if it is to fail. */
    private boolean next(String text) {
        synchronized (lock) {
            if (plan.equals(Plan.NONE) || (plan.failure().isOfCommits() && !text.equals("commit"))) {
                return false;
            }
            seen++;
            boolean fails = seen >= plan.first() && seen <= plan.last() && (seen - plan.first()) % plan.every() == 0;
            failed += fails ? 1 : 0;
            return fails;
        }
    }

    private static Object call(Object real, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(real, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** The first, the last, and each how manieth statement is to fail. */
    private record Plan(int first, int last, int every, Kind kind, Failure failure) {
        static final Plan NONE = new Plan(0, 0, 1, Kind.BEFORE, BROKEN);
    }

    /**
     * How it fails.
     *
     * @param isOfCommits whether only commits are counted
     */
    private record Failure(String sqlState, String message, boolean isOfCommits) {}
}
