/** Paging of lists, newest first. */
@NullMarked
package io.minimalcluster.master.http.page;

import org.jspecify.annotations.NullMarked;
