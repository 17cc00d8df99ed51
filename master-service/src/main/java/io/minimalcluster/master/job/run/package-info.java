/**
 * {@code POST /run}: code and arguments in one request, the values in its response. Nothing is stored before the whole
 * request has been read and validated.
 */
@NullMarked
package io.minimalcluster.master.job.run;

import org.jspecify.annotations.NullMarked;
