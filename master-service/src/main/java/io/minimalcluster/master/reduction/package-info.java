/**
 * Folds the values of jobs that ask for it, once their last task has succeeded: by the master itself, slice by slice,
 * or by a method, in jobs that nobody sees. How far it got is in the store, so a restarted master goes on.
 */
@NullMarked
package io.minimalcluster.master.reduction;

import org.jspecify.annotations.NullMarked;
