@NullMarked
package io.minimalcluster.worker.report.buffer;

import org.jspecify.annotations.NullMarked;
