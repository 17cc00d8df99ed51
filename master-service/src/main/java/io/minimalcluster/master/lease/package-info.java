/**
 * Who may work on what: cuts batches from jobs, and knows the life of a lease (OPEN, LAPSED and OPEN again, LOST,
 * ENDED). Everything here runs inside a transaction that its caller brings; only the measured speed of functions is
 * kept in memory, and may be lost.
 */
@NullMarked
package io.minimalcluster.master.lease;

import org.jspecify.annotations.NullMarked;
