/** The worker as an application of its own: its start, its settings put to use, its end. */
@NullMarked
package io.minimalcluster.worker;

import org.jspecify.annotations.NullMarked;
