/**
 * Audit log of state-changing and rejected calls. It is written asynchronously, bounded in size, and contains no
 * request bodies.
 */
@NullMarked
package io.minimalcluster.master.audit;

import org.jspecify.annotations.NullMarked;
