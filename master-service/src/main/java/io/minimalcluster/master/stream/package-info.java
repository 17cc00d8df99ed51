/**
 * Answers that go on for as long as a job does, of which only so many may be open: what bounds them, and the events of
 * a job. Each holds a virtual thread, and nothing of the store while it waits.
 */
@NullMarked
package io.minimalcluster.master.stream;

import org.jspecify.annotations.NullMarked;
