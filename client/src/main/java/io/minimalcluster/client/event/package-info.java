/** Server-sent events of jobs. */
@NullMarked
package io.minimalcluster.client.event;

import org.jspecify.annotations.NullMarked;
