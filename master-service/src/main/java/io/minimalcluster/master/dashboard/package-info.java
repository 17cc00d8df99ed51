/** The start page, and the static files of the dashboard: a page with scripts that calls the API of this master. */
@NullMarked
package io.minimalcluster.master.dashboard;

import org.jspecify.annotations.NullMarked;
