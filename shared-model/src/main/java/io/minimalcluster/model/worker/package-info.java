/**
 * The protocol between workers and masters, and the view of a worker. Batches and parts of results contain raw JSON and
 * have readers and writers of their own.
 */
@NullMarked
package io.minimalcluster.model.worker;

import org.jspecify.annotations.NullMarked;
