/**
 * Reads posted arguments: finds where each ends, checks its type against the function's parameter, cuts them into
 * segments. It builds no value, and holds one segment at a time.
 */
@NullMarked
package io.minimalcluster.master.job.argument;

import org.jspecify.annotations.NullMarked;
