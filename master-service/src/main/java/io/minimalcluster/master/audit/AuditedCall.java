package io.minimalcluster.master.audit;

import io.minimalcluster.master.store.UnitOfWork;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The audited call of a request. The entry of a change is part of the transaction that makes the change; every other
 * entry is committed before the first byte of the response.
 */
public final class AuditedCall {
    private static final String ATTRIBUTE = AuditedCall.class.getName();

    private final AuditLog audit;
    private final AuditedAction action;
    private final @Nullable String actor;
    private final String address;
    private final AtomicBoolean finished = new AtomicBoolean();
    private volatile boolean recorded; // written with the change
    private volatile boolean counted; // changed above the rate

    private AuditedCall(AuditLog audit, AuditedAction action, HttpServletRequest request) {
        this.audit = audit;
        this.action = action;
        this.actor = request.getRemoteUser();
        this.address = request.getRemoteAddr();
    }

    static void begin(AuditLog audit, AuditedAction action, HttpServletRequest request) {
        if (of(request) == null) { // the request may be dispatched a second time, after a wait
            request.setAttribute(ATTRIBUTE, new AuditedCall(audit, action, request));
        }
    }

    static @Nullable AuditedCall of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof AuditedCall call ? call : null;
    }

    /**
     * Adds the audit entry of the current request to the unit of work that makes the change. Outside of an audited
     * request the unit of work is unchanged.
     *
     * @param target id or name of the resource
     */
    public static <T> UnitOfWork<T> with(String target, UnitOfWork<T> change) {
        @Nullable
        AuditedCall call = RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                ? of(current.getRequest())
                : null;
        return call == null ? change : call.recordedWith(target, change);
    }

    private <T> UnitOfWork<T> recordedWith(String target, UnitOfWork<T> change) {
        if (!audit.mayAdd(actor, action.status())) {
            return sql -> {
                T result = change.run(sql);
                counted = true;
                return result;
            };
        }
        return sql -> {
            T result = change.run(sql);
            record(sql, target);
            return result;
        };
    }

    private void record(JdbcClient sql, String target) {
        audit.insert(sql, actor, action.name(), target, action.status(), address, 1);
        recorded = true;
    }

    /** Records the call by its response, unless the change has done so. Waits for the commit. */
    void finish(@Nullable String target, int status) {
        boolean failed = status >= 400;
        if (!finished.compareAndSet(false, true)) {
            return;
        }
        if (counted && !failed) {
            audit.count(actor, action.name(), action.status(), address);
        } else if (failed ? !action.reads() : !recorded) {
            audit.add(actor, action.name(), target, status, address);
        }
    }
}
