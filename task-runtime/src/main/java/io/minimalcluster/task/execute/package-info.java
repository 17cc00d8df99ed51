/**
 * The executor: loads a bundle in a separate class loader, runs batches, and sends outcomes while tasks run. It is a
 * separate process and does not trust values of user code.
 */
@NullMarked
package io.minimalcluster.task.execute;

import org.jspecify.annotations.NullMarked;
