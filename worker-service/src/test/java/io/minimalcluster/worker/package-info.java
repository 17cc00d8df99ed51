/** Tests of the worker, also as a packaged process. */
@NullMarked
package io.minimalcluster.worker;

import org.jspecify.annotations.NullMarked;
