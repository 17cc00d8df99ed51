/**
 * Finds where JSON values end, and whether they are well-formed, without building them. Used by the master on what
 * clients post, by master and worker on what executors wrote.
 */
@NullMarked
package io.minimalcluster.task.json;

import org.jspecify.annotations.NullMarked;
