/** The store on PostgreSQL. */
@NullMarked
package io.minimalcluster.master.store.postgres;

import org.jspecify.annotations.NullMarked;
