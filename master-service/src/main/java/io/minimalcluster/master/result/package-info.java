/**
 * Outcomes: recorded once each, under a lease that was not lost, as blocks of raw JSON; and read back as values, as
 * lines of results, as one task.
 */
@NullMarked
package io.minimalcluster.master.result;

import org.jspecify.annotations.NullMarked;
