/** Workers: who they are, whether they are heard of, and the poll through which they get batches and orders. */
@NullMarked
package io.minimalcluster.master.worker;

import org.jspecify.annotations.NullMarked;
