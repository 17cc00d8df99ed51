/** Registered names of target functions, per owner. The submission of jobs resolves names here. */
@NullMarked
package io.minimalcluster.master.function;

import org.jspecify.annotations.NullMarked;
