/**
 * Reductions: fold the values of a job into one once its last task has succeeded, in the master slice by slice or by a
 * method in internal jobs. The progress is in the store, so a restarted master continues.
 */
@NullMarked
package io.minimalcluster.master.reduce;

import org.jspecify.annotations.NullMarked;
