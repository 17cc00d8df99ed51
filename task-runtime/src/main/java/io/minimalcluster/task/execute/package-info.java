/**
 * The executor: loads a bundle where user code sees nothing of ours, runs batches of tasks one after the other, and
 * sends their outcomes while they go on. It lives in a process of its own, and trusts nothing that user code returns.
 */
@NullMarked
package io.minimalcluster.task.execute;

import org.jspecify.annotations.NullMarked;
