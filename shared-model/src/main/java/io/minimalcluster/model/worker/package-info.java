/**
 * What workers and masters say to each other, and a worker as it is shown. Batches and parts of results carry raw JSON
 * and are written and read by their own classes.
 */
@NullMarked
package io.minimalcluster.model.worker;

import org.jspecify.annotations.NullMarked;
