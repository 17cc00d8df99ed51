/** What workers rely on a master for, as tests that run over each kind of master there is. */
@NullMarked
package io.minimalcluster.worker.contract;

import org.jspecify.annotations.NullMarked;
