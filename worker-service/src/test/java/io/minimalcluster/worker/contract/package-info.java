/** The contract of the worker API, as tests that run against each kind of master. */
@NullMarked
package io.minimalcluster.worker.contract;

import org.jspecify.annotations.NullMarked;
