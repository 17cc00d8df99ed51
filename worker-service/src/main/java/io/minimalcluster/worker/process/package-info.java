/** The process of a service: its protection from other processes, and its end when it cannot go on. */
@NullMarked
package io.minimalcluster.worker.process;

import org.jspecify.annotations.NullMarked;
