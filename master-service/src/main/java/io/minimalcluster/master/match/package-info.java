/**
 * What a job needs of a worker, and what a worker offers. Jobs with the same needs stand in one queue, so that a job
 * that nobody can serve keeps no other waiting.
 */
@NullMarked
package io.minimalcluster.master.match;

import org.jspecify.annotations.NullMarked;
