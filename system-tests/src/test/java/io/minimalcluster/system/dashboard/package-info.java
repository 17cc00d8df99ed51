/** Tests of the dashboard in a browser. */
@NullMarked
package io.minimalcluster.system.dashboard;

import org.jspecify.annotations.NullMarked;
