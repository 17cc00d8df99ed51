/**
 * Assigns tasks to workers: queues by requirements, batch sizes, and the states of a lease (OPEN, LAPSED and OPEN
 * again, LOST, ENDED). Leases change inside the transaction of the caller; task speeds, progress samples and waiting
 * polls are kept in memory and may be lost.
 */
@NullMarked
package io.minimalcluster.master.scheduling;

import org.jspecify.annotations.NullMarked;
