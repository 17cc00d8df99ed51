/**
 * Reductions: fold the values of a job into one once its last task has succeeded. A built-in runs in the master slice
 * by slice, a method runs in internal jobs. The progress is in the store, so a restarted master continues.
 */
@NullMarked
package io.minimalcluster.master.reduce;

import org.jspecify.annotations.NullMarked;
