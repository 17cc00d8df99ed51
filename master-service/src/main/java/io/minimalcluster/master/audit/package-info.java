/**
 * Audit log: changes, reads of code and values, sign-ins and rejected calls. The entry of a change is part of its
 * transaction, other entries are committed before the response. Entries are kept for a time, their rate is bounded for
 * each key, and they contain no request bodies. Calls that workers repeat while they run tasks are not audited.
 */
@NullMarked
package io.minimalcluster.master.audit;

import org.jspecify.annotations.NullMarked;
