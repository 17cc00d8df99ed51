package io.minimalcluster.master.store.configuration;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** Fault injection for the statements of a store, including begin and commit. Statements are numbered from 1. */
public final class StatementFaults {
    private static final Pattern TRANSACTION = Pattern.compile("begin|commit|rollback|savepoint|release");
    private static final Failure IO_ERROR = new Failure("", "[SQLITE_IOERR] injected failure", false);

    private final Object lock = new Object();
    // guarded by the lock
    private Plan plan = Plan.NONE;
    private int seen;
    private int failed;

    /** The point at which a statement fails. */
    public enum Kind {
        /** The statement fails without being run. */
        BEFORE,
        /**
         * The statement is run but reported as failed, so the outcome of a commit is uncertain. Only statements that
         * begin or end a transaction or a savepoint are counted: all others are within a transaction, which a failure
         * after them ends as a failure before them does.
         */
        AFTER
    }

    /** Fails the statement with this number, and all later ones if {@code forEver}. */
    public void begin(int number, Kind kind, boolean forEver) {
        begin(new Plan(number, forEver ? Integer.MAX_VALUE : number, 1, kind, IO_ERROR));
    }

    /** Fails every third commit with the SQL state of a serialization conflict. */
    public void failEveryThirdCommit(String sqlState) {
        begin(new Plan(3, Integer.MAX_VALUE, 3, Kind.BEFORE, new Failure(sqlState, "could not serialize", true)));
    }

    /** Counts statements and lets none fail. */
    public void count() {
        begin(Integer.MAX_VALUE, Kind.BEFORE, false);
    }

    /** Number of statements since the last {@code begin} or {@code count}. */
    public int statements() {
        synchronized (lock) {
            return seen;
        }
    }

    /** Runs the next commit but reports it as failed. */
    public void reportNextCommitAsFailed() {
        begin(new Plan(1, 1, 1, Kind.AFTER, new Failure("", IO_ERROR.message(), true)));
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

    /** Number of injected failures since the last {@code begin}. */
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
            Kind kind = mustFail(text) ? plan().kind() : null;
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

    /** Counts the statement and returns true if it must fail. */
    private boolean mustFail(String text) {
        synchronized (lock) {
            if (!plan.counts(text)) {
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

    /** Every {@code every}-th statement from {@code first} to {@code last} fails. */
    private record Plan(int first, int last, int every, Kind kind, Failure failure) {
        static final Plan NONE = new Plan(0, 0, 1, Kind.BEFORE, IO_ERROR);

        boolean counts(String statement) {
            if (equals(NONE)) {
                return false;
            }
            if (failure.isOfCommits()) {
                return statement.equals("commit");
            }
            return kind == Kind.BEFORE || TRANSACTION.matcher(statement).lookingAt();
        }
    }

    /**
     * The reported error.
     *
     * @param isOfCommits whether only commits are counted
     */
    private record Failure(String sqlState, String message, boolean isOfCommits) {}
}
