/** The command: breaks a cluster for as long as it was told, and says whether anything was lost. */
@NullMarked
package io.minimalcluster.chaos;

import org.jspecify.annotations.NullMarked;
