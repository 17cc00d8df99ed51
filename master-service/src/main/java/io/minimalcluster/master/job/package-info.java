/**
 * Jobs: taken in, shown, waited for, cancelled, deleted. What is handed out of them is {@code lease}'s business, what
 * comes back is {@code result}'s.
 */
@NullMarked
package io.minimalcluster.master.job;

import org.jspecify.annotations.NullMarked;
