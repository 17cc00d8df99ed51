/**
 * {@code POST /run}: code and arguments in one call, and the values in its answer. Built of what loads environments,
 * takes jobs in and streams values; nothing is kept before all of the call has come and fits.
 */
@NullMarked
package io.minimalcluster.master.run;

import org.jspecify.annotations.NullMarked;
