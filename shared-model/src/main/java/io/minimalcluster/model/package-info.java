/** What every call shares: ids and pages. Wire records only, no logic; every module may use them. */
@NullMarked
package io.minimalcluster.model;

import org.jspecify.annotations.NullMarked;
